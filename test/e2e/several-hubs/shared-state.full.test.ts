import { HubError } from '@hub/shared/errors';
import { silentLogger } from '@hub/shared/system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHub, type TestHub } from '../../../gateway/plugins/shared-state/test-hubs.js';
import { openTestStore, type TestStore } from '../../../gateway/plugins/shared-state/test-store.js';
import { createHubServer } from '../../../gateway/server/server.js';
import type { Ask, Asker, OpenHub, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { openStream, untilFed, type TestStream } from '../network/read-stream.js';
import { runIn, type Programme } from '../network/run-programme.js';

const patiently = { timeout: 20_000 };
/** More pass than a test sends while it waits, and then hardly any. */
const rate = { perSecond: 0.01, burst: 600 };
const analyst: Asker = { organisation: 'se', role: 'analyst' };
const isLimited = (ask: Ask, asker?: Asker): Promise<boolean> =>
  ask('{ __typename }', {}, asker).then(
    () => false,
    (error: unknown) => error instanceof HubError && error.extensions['code'] === 'RATE_LIMITED',
  );

describe('two hubs of one network with a store', () => {
  let store: TestStore;
  let ends: readonly TestHub[];
  let network: OpenNetwork;
  let other: OpenHub;
  let alone: OpenHub;
  let otherUrl: string;
  let programme: Programme;
  let event: { id: string; version: number };
  const closing: AsyncDisposable[] = [];
  const keep = <Thing extends AsyncDisposable>(thing: Thing): Thing => {
    closing.unshift(thing);
    return thing;
  };

  beforeAll(async () => {
    store = keep(await openTestStore());
    ends = [
      keep(await openTestHub({ url: store.url })),
      keep(await openTestHub({ url: store.url })),
    ];
    const share = ({ worker, states: [sharedState] }: TestHub) => ({
      others: worker,
      rate,
      ...(sharedState && { sharedState }),
    });
    const [first, second] = ends as [TestHub, TestHub];
    network = keep(await openNetwork('facts', { isGuarded: true, ...share(first) }));
    other = keep(await network.openHubWithout([], share(second)));
    alone = keep(await network.openHubWithout([]));
    const server = keep(await createHubServer({ hub: other.hub, logger: silentLogger }));
    otherUrl = await server.listen(0);
    await server.join();
    programme = runIn(network);
    const { data } = await network.ask('{ events(first: 1) { nodes { id version } } }');
    [event] = data.events.nodes;
  }, 60_000);
  afterAll(async () => {
    for (const thing of closing) await thing[Symbol.asyncDispose]();
  });

  const untilTogether = () =>
    expect
      .poll(() => ends.map(({ counted }) => `${counted.isUnavailable} ${counted.hubs}`), patiently)
      .toEqual(['false 1', 'false 1']);
  /** Changes an event through the first hub, which alone the partners know. */
  const rename = async (): Promise<string> => {
    const title = `Event ${event.version}`;
    const input = { event: event.id, title, version: event.version };
    event = await programme.done('nbnp', 'changeEvent', input, 'id version');
    return title;
  };
  /** Waits for the notice of the latest change. That of an earlier one may still be on its way. */
  const untilLatest = async (stream: TestStream) => {
    for (;;) {
      const message = await stream.nextChange();
      if (!message) throw new Error('The stream has ended.');
      const { subject, version } = message.result.data.changed;
      if (subject === event.id && version === event.version) return message;
    }
  };
  const readTitle = async (ask: Ask): Promise<string> => {
    const { data } = await ask('{ events(first: 1000) { nodes { id title } } }');
    return (data as Tree).events.nodes.find(({ id }: Tree) => id === event.id).title;
  };

  it('see a write through one of them at once, although the response was cached', async () => {
    await untilTogether();
    const before = await readTitle(alone.ask);
    expect(await readTitle(other.ask)).toBe(before);
    const after = await rename();
    expect(await readTitle(other.ask)).toBe(after);
    // So it would be without the store.
    expect(await readTitle(alone.ask)).toBe(before);
  });

  it('both tell of changes, and a cursor of one holds at the other', async () => {
    await untilTogether();
    await using here = await openStream(network.hubUrl);
    await using there = await openStream(otherUrl);
    await Promise.all([here, there].map(untilFed));
    await rename();
    const told = await untilLatest(here);
    expect((await untilLatest(there)).result).toEqual({
      ...told.result,
      extensions: { cursor: expect.any(String) },
    });
    await rename();
    const headers = { 'last-event-id': String(told.id) };
    await using again = await openStream(otherUrl, { headers });
    await untilLatest(again);
    expect(again.text()).not.toContain('NOTICES_MISSED');
  });

  it('count a caller together', async () => {
    await untilTogether();
    while (!(await isLimited(network.ask, analyst)));
    await expect.poll(() => isLimited(other.ask, analyst), patiently).toBe(true);
    expect(await isLimited(alone.ask, analyst)).toBe(false);
  });
});
