import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createSeal } from './seal.js';
import { openTestHub, testKey, type TestHub, type TestHubOptions } from './test-hubs.js';
import { openTestStore, type TestStore } from './test-store.js';

const patiently = { timeout: 20_000 };

const untilTogether = (...hubs: TestHub[]) =>
  expect
    .poll(
      () =>
        hubs.map(({ counted, states }) => [
          counted.isUnavailable,
          counted.hubs,
          states.map((one) => one.readLongestAge()),
        ]),
      patiently,
    )
    .toEqual(hubs.map(({ states }) => [false, hubs.length - 1, states.map(() => Infinity)]));

async function openTwo(options: Partial<TestHubOptions> = {}) {
  const store = await openTestStore();
  const [one, two] = await Promise.all([
    openTestHub({ url: store.url, workers: 2, ...options }),
    openTestHub({ url: store.url, workers: 2, ...options }),
  ]);
  await untilTogether(one, two);
  return {
    store,
    one,
    two,
    async [Symbol.asyncDispose]() {
      await Promise.all([one.close(), two.close()]);
      await store[Symbol.asyncDispose]();
    },
  };
}

const { read } = createSeal(testKey);
const readTopic = ({ message }: { readonly message: Buffer }) =>
  (read(message)?.content as { readonly topic: string }).topic;

/** The last message of a hub that was published. */
const readLast = ({ published }: TestStore, topic: string) => {
  const found = published.findLast((one) => readTopic(one) === topic);
  if (!found) throw new Error(`${topic} was not published.`);
  return found;
};

describe('a notification of a worker', () => {
  it('reaches the workers of other hubs, and its own hub as before', async () => {
    await using hubs = await openTwo();
    const heard: string[] = [];
    for (const [name, hub] of Object.entries({ one: hubs.one, two: hubs.two }))
      hub.channels.forEach((channel, place) =>
        channel.listen(
          'rate',
          (body) => void heard.push(`${name} ${place} ${JSON.stringify(body)}`),
        ),
      );
    await hubs.one.worker.notify('rate', { 'dk anna': 3 });
    const counts = JSON.stringify({ 'dk anna': 3 });
    await expect
      .poll(() => heard.toSorted(), patiently)
      .toEqual([`one 1 ${counts}`, `two 0 ${counts}`, `two 1 ${counts}`]);
  });

  it('of a write resolves when all workers of all hubs have handled it', async () => {
    await using hubs = await openTwo();
    let handled: string[] = [];
    const handle = (name: string) => async () => {
      const mine = handled;
      await new Promise((resolve) => setTimeout(resolve, 20));
      mine.push(name);
    };
    hubs.one.channels[1]?.listen('write', handle('one 1'));
    hubs.two.channels.forEach((channel, place) => channel.listen('write', handle(`two ${place}`)));
    const write = async () => {
      handled = [];
      await hubs.one.worker.notify('write', { partner: 'dk', isUndecided: false });
      return handled.toSorted();
    };
    // On a machine that stands still for a second, a write does not wait for all of them.
    await expect.poll(write, patiently).toEqual(['one 1', 'two 0', 'two 1']);
  });

  it('of what a hub sees for itself stays in the hub', async () => {
    await using hubs = await openTwo();
    const heard = hubs.two.hear('missed');
    const counts = hubs.two.hear('rate');
    await hubs.one.worker.notify('missed', { partner: 'dk', failure: 'TIMED_OUT' });
    await hubs.one.worker.notify('rate', { 'dk anna': 1 });
    await expect.poll(() => counts.length, patiently).toBe(1);
    expect(heard).toEqual([]);
  });

  it('sends what is known of changes once for each time that a hub asks, not by each worker', async () => {
    await using hubs = await openTwo();
    const known = [['dk', { from: 0, to: 7, notices: [] }]];
    const heard = hubs.two.hear('changes-known');
    for (const channel of hubs.one.channels)
      channel.listen('changes-wanted', () => void channel.notify('changes-known', known));
    await hubs.two.worker.notify('changes-wanted', {});
    await expect.poll(() => heard.at(-1), patiently).toEqual(known);
    const counts = hubs.two.hear('rate');
    await hubs.one.worker.notify('rate', { 'dk anna': 1 });
    await expect.poll(() => counts.length, patiently).toBe(1);
    const topics = hubs.store.published.map(readTopic);
    const countOf = (topic: string) => topics.filter((one) => one === topic).length;
    expect(countOf('changes-known')).toBeLessThanOrEqual(countOf('changes-wanted'));
  });
});

describe('the store', () => {
  it('is shown nothing of what hubs send each other', async () => {
    await using hubs = await openTwo();
    await hubs.one.worker.notify('rate', { 'dk anna-of-the-police': 1 });
    const all = hubs.store.published.map(({ message }) => message.toString('latin1')).join();
    expect(hubs.store.published.length).toBeGreaterThan(0);
    expect(all).not.toMatch(/anna|rate|here/);
  });

  it('cannot make up, change or repeat a message', async () => {
    await using hubs = await openTwo();
    const heard = hubs.two.hear('rate');
    await hubs.one.worker.notify('rate', { 'dk anna': 1 });
    await expect.poll(() => heard.length, patiently).toBe(1);
    const { channel, message } = readLast(hubs.store, 'rate');
    const changed = Buffer.from(message);
    changed.writeUInt8((changed.at(-1) ?? 0) ^ 1, changed.length - 1);
    const later = Buffer.from(message);
    later.writeUInt8(((later.at(22) ?? 0) + 100) % 256, 22);
    const foreign = createSeal(Buffer.alloc(32)).write({ at: Date.now(), topic: 'rate', body: {} });
    const forged = [message, changed, later, foreign.bytes, Buffer.alloc(0), Buffer.from('hello')];
    const before = hubs.two.counted.refused;
    for (const one of forged) hubs.store.inject(channel, one);
    await expect.poll(() => hubs.two.counted.refused - before, patiently).toBe(forged.length);
    expect(heard).toEqual([{ 'dk anna': 1 }]);
  });

  it('cannot keep a message and send it later to a hub that has just started', async () => {
    await using hubs = await openTwo();
    const seal = createSeal(testKey);
    const heard = hubs.two.hear('rate');
    const old = seal.write({ at: Date.now() - 61_000, topic: 'rate', body: { 'dk anna': 1 } });
    const fresh = seal.write({ at: Date.now(), topic: 'rate', body: { 'dk bo': 1 } });
    for (const { bytes } of [old, fresh]) hubs.store.inject(seal.channel, bytes);
    await expect.poll(() => heard, patiently).toEqual([{ 'dk bo': 1 }]);
  });

  it('that loses a message costs other hubs what they have cached', async () => {
    await using hubs = await openTwo();
    let resets = 0;
    hubs.two.states[0]?.listen(() => (resets += 1));
    hubs.store.lose((message) => readTopic({ message }) === 'rate');
    await hubs.one.worker.notify('rate', { 'dk anna': 1 });
    await expect.poll(() => hubs.two.counted.lost, patiently).toBeGreaterThan(0);
    await expect.poll(() => resets, patiently).toBeGreaterThan(0);
  });

  it('serves other networks, of which a hub hears nothing', async () => {
    await using hubs = await openTwo();
    await using other = await openTestHub({ url: hubs.store.url, key: Buffer.alloc(32, 7) });
    await expect.poll(() => other.counted.isUnavailable, patiently).toBe(false);
    await hubs.one.worker.notify('rate', { 'dk anna': 1 });
    expect(other.counted.received + other.counted.refused).toBe(0);
    expect(hubs.one.counted.hubs).toBe(1);
  });

  it('may want a password, and the warning says so if it is wrong', async () => {
    await using store = await openTestStore({ password: 'right' });
    await using known = await openTestHub({ url: store.url, password: 'right' });
    await using unknown = await openTestHub({ url: store.url, password: 'wrong' });
    await expect.poll(() => known.states[0]?.findWarning(), patiently).toBeUndefined();
    await expect
      .poll(() => unknown.states[0]?.findWarning(), patiently)
      .toMatch(/^SHARED_STATE_UNAVAILABLE: .*\(WRONGPASS\)\.$/);
  });
});

describe('a hub without its store', () => {
  it('does not wait for other hubs, says so, caches for five seconds, and comes back by itself', async () => {
    await using hubs = await openTwo();
    const { one, two, store } = hubs;
    let resets = 0;
    one.states[1]?.listen(() => (resets += 1));
    await store.stop();
    const warnings = () => [...one.states, ...two.states].map((state) => state.findWarning());
    await expect
      .poll(warnings, patiently)
      .toEqual(Array(4).fill(expect.stringMatching(/^SHARED_STATE_UNAVAILABLE: /)));
    expect(one.states.map((state) => state.readLongestAge())).toEqual([5, 5]);
    expect(resets).toBeGreaterThan(0);
    resets = 0;
    await one.worker.notify('write', { partner: 'dk', isUndecided: false });
    await store.start();
    await untilTogether(one, two);
    expect(resets).toBeGreaterThan(0);
    const heard = two.hear('rate');
    await one.worker.notify('rate', { 'dk anna': 2 });
    await expect.poll(() => heard, patiently).toEqual([{ 'dk anna': 2 }]);
  });

  it('notices that the store says nothing any more', async () => {
    await using hubs = await openTwo({ times: { beatMs: 50, silentMs: 1_000 } });
    hubs.store.setSilent(true);
    await expect
      .poll(() => hubs.one.states[0]?.findWarning(), patiently)
      .toMatch(/^SHARED_STATE_UNAVAILABLE/);
    hubs.store.setSilent(false);
    await untilTogether(hubs.one, hubs.two);
  });

  it('ends although the store says nothing any more', async () => {
    await using hubs = await openTwo();
    hubs.store.setSilent(true);
    await hubs.one.close();
    hubs.store.setSilent(false);
  });

  it('starts, goes on saying why it is not connected, and connects when the store is there', async () => {
    await using store = await openTestStore();
    await store.stop();
    await using hub = await openTestHub({ url: store.url });
    const warning = () => hub.states[0]?.findWarning();
    await expect.poll(warning, patiently).toMatch(/\(ECONNREFUSED\)/);
    for (let beat = 0; beat < 10; beat += 1) {
      await wait(50);
      expect(warning()).toMatch(/\(ECONNREFUSED\)/);
    }
    await store.start();
    await untilTogether(hub);
  });
});

describe('other hubs', () => {
  it('that have ended are not waited for', async () => {
    await using hubs = await openTwo();
    await hubs.two.close();
    await expect.poll(() => hubs.one.counted.hubs, patiently).toBe(0);
    await hubs.one.worker.notify('write', { partner: 'dk', isUndecided: false });
  });

  it('that do not respond are not waited for forever', async () => {
    await using hubs = await openTwo();
    hubs.two.worker.listen('write', () => new Promise(() => undefined));
    await hubs.one.worker.notify('write', { partner: 'dk', isUndecided: false });
  });
});
