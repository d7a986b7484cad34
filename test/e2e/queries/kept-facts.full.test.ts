import { countStatements, inner } from '@hub/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkers } from '../../../gateway/process/workers/test-workers.js';
import type { Answer, Asker } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const analyst: Asker = { organisation: 'dk', role: 'analyst' };
/** Reads of all people that they are there, and of nobody who it is. */
const liaison: Asker = { organisation: 'nbnp', role: 'liaison' };
const secretariat: Asker = { organisation: 'nbnp', role: 'coordinator' };
const offices: Asker = { organisation: 'ncm', role: 'coordinator' };

const people = `{
  delegates(filter: { rehearsals: true }, first: 1000) { nodes { id name email country } totalCount }
  offices { id name }
  visits { nodes { id title stops { id day title } } totalCount }
}`;

const codesOf = ({ errors = [] }: Answer) =>
  errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`).toSorted();
/** What an answer tells, and what it refuses. */
const toldBy = (answer: Answer) => ({ data: answer.data as unknown, refused: codesOf(answer) });

describe('facts that everybody may read', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  /** How many statements a question costs a partner: none where it is not asked. */
  const statementsAt = async (code: string, ask: () => Promise<Answer>) => {
    using counted = countStatements(network.serverOf(code).source);
    const answer = await ask();
    return { answer, statements: counted.count };
  };

  it('are asked of their owner once, whoever asks within the time that it states', async () => {
    let attempt = 0;
    const askTwice = async () => {
      const facts = `{ offices { id name${(attempt += 1)}: name covers { code } } }`;
      const first = await statementsAt('ncm', () => network.ask(facts));
      const second = await statementsAt('ncm', () => network.ask(facts, {}, analyst));
      expect(first.statements).toBeGreaterThan(0);
      expect(second.answer).toEqual(first.answer);
      expect(second.answer.extensions.completeness).toEqual({
        complete: true,
        partners: { ncm: { status: 'ANSWERED' } },
      });
      return second.statements;
    };
    // A partner’s first notice after the start of the network clears its cache.
    await expect.poll(askTwice).toBe(0);
  });

  it('are asked again after a write to their owner that passed the hub, at once', async () => {
    const events =
      '{ events(filter: { kind: TASK_FORCE_MEETING }, first: 1000) { nodes { title } } }';
    const titles = async (asker?: Asker) =>
      (await network.ask(events, {}, asker)).data.events.nodes.map(
        ({ title }: { title: string }) => title,
      ) as string[];
    const before = await titles();
    // The hub reads what was changed before it started meanwhile, and then keeps nothing older.
    const ask = () => network.ask(events, {}, analyst);
    await expect.poll(async () => (await statementsAt('nbnp', ask)).statements).toBe(0);
    const { data } = await network.ask('{ organisations(first: 1) { nodes { id } } }');
    const organisers = [data.organisations.nodes[0].id];
    const input = { title: 'Just now', kind: 'TASK_FORCE_MEETING', organisers };
    const written = await network.ask(
      'mutation ($input: RecordEventInput!) { recordEvent(input: $input) { id } }',
      { input },
      secretariat,
    );
    expect(written.errors).toBeUndefined();
    expect(await titles(analyst)).toHaveLength(before.length + 1);
    expect(await titles()).toContain('Just now');
  });

  it('are not told of a partner that has gone, nor of one that came back as it was before', async () => {
    const sites = '{ regionalSites { id name } }';
    const whole = await network.ask(sites);
    await network.stop('ncm');
    try {
      const answer = await network.ask(sites);
      expect(answer.data).toEqual({ regionalSites: null });
      expect(codesOf(answer)).toEqual(['regionalSites PARTNER_UNAVAILABLE']);
    } finally {
      await network.start('ncm');
    }
    expect((await network.ask(sites)).data).toEqual(whole.data);
  });
});

describe('facts that a worker keeps', () => {
  it('are forgotten when a write passes another, before that is answered', async () => {
    const openWorker = openWorkers();
    const [one, two] = [await openWorker(), await openWorker()];
    await using network = await openNetwork('demonstration', { isGuarded: true, others: one });
    await using other = await network.openHubWithout([], { others: two });
    const statements = async () => {
      using counted = countStatements(network.serverOf('ncm').source);
      await other.ask('{ regions { code name } }');
      return counted.count;
    };
    await expect.poll(statements).toBe(0);
    // Refused, and yet it was sent: a hub does not know what a partner makes of it.
    await network.ask('mutation { eraseDelegate(id: "ncm:nobody") }', {}, offices);
    expect(await statements()).toBeGreaterThan(0);
  });
});

describe('what is not for everybody', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const askers: readonly (Asker | undefined)[] = [offices, liaison, secretariat, undefined];

  it('is told to each reader by its own rights, one after the other and all at once', async () => {
    const alone: Answer[] = [];
    for (const asker of askers) alone.push(await network.ask(people, {}, asker));
    const [whole, coarse, , none] = alone.map(toldBy);
    expect(JSON.stringify(whole?.data)).toContain('@');
    expect(JSON.stringify(coarse?.data)).not.toContain('@');
    expect(none?.refused).toContain('delegates FORBIDDEN');
    for (const order of [askers, askers.toReversed()]) {
      const together = await Promise.all(
        [...order, ...order].map((asker) => network.ask(people, {}, asker)),
      );
      const expected = order.map((asker) => alone[askers.indexOf(asker)]);
      expect(together.map(toldBy)).toEqual(
        [...expected, ...expected].map((answer) => answer && toldBy(answer)),
      );
    }
  });

  it('is never kept: its owner is asked each time', async () => {
    const read = '{ delegates(filter: { rehearsals: true }) { nodes { id name } } }';
    for (const asker of askers) {
      using counted = countStatements(network.serverOf('ncm').source);
      const isRead = async () => {
        const before = counted.count;
        await network.ask(read, {}, asker);
        return counted.count > before;
      };
      await isRead();
      // Nobody in particular is refused before anything is read. The owner’s daily run may read meanwhile.
      if (asker === undefined) await expect.poll(isRead).toBe(false);
      else expect(await isRead()).toBe(true);
    }
  });

  it('is written down by its owner for the one who read it, once for what left it once', async () => {
    const readersSince = async (sequence: number) => {
      const found: inner.DisclosureLink[] = [];
      const { manager } = network.serverOf('ncm').source;
      for await (const { links } of inner.walkReadings(manager, sequence))
        found.push(...links.filter(inner.isReading));
      return found;
    };
    const last = Math.max(0, ...(await readersSince(0)).map((row) => row.sequence));
    const query = '{ delegates(filter: { rehearsals: true }) { nodes { employer } } }';
    const both = [offices, offices, secretariat, secretariat, liaison];
    const answers = await Promise.all(both.map((asker) => network.ask(query, {}, asker)));
    expect(answers[0]?.data).toEqual(answers[1]?.data);
    const found = await readersSince(last);
    const readersOf = (rows: typeof found) =>
      rows.map(({ readerOrganisation, role }) => `${readerOrganisation}-${role}`).toSorted();
    expect(readersOf(found.filter(({ isRefused }) => !isRefused))).toEqual([
      'nbnp-coordinator',
      'ncm-coordinator',
    ]);
    // The network does not read the employers of all of the offices’ people, and asked for none before.
    expect(readersOf(found.filter(({ isRefused }) => isRefused))).toEqual([
      'nbnp-coordinator',
      'nbnp-liaison',
    ]);
  });
});
