import { describe, expect, it } from 'vitest';
import { readGrowth, readHeapMegabytes } from '../network/measure.js';
import { createToken } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

/** How long the network is asked, and how often its memory is looked at. */
const soakMs = 600_000;
const samples = 40;
const readers = 4;

/**
 * How long the hub waits for a partner. What is looked for is what never comes: each sample collects the garbage of the
 * hub and ten partners in one process, in which nobody is answered, and other work may have the cores meanwhile.
 */
const deadlineMs = 14_000;

/** How much more there may be at the end than at the half. */
const mostGrowth = 0.05;

/** So many names have the operations that are asked: more than are kept is another test’s matter. */
const names = 100;

/** A partner goes and comes again: how often, and for how long. */
const away = { code: 'no', everyMs: 15_000, forMs: 2_000 } as const;

/** What dashboards ask, again and again. */
const operations = [
  '{ groups { nodes { id state members { id name } visits { stops { site { name } } } } } }',
  '{ officers(first: 20, filter: { rehearsals: true }) { nodes { id name unit { name } } totalCount } policeUnits { id } }',
  '{ events(first: 30) { nodes { title roles { party { name country } } } } }',
  '{ offices { name covers { name } branches { name } } partners { code status } }',
];

/** What is asked by mistake: no GraphQL, no field, nobody’s id, nobody’s page, no variable. */
const mistakes = [
  (index: number) => `{ officers(first: ${index}`,
  (index: number) => `{ officers { nodes { unknown${index} } } }`,
  (index: number) => `{ officer(id: "${index}") { id } }`,
  () => '{ officers(first: 0) { nodes { id } } }',
  (index: number) => `query ($id${index}: ID!) { officer(id: $id${index}) { id } }`,
];

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The mixed load on a network, until its time is over. */
class Load {
  answers = 0;
  /** Answers that are not as they have to be. */
  readonly faults: string[] = [];
  #absences = 0;
  #isAway = false;

  constructor(
    readonly network: OpenNetwork,
    readonly until: number,
  ) {}

  /** Everybody at once. */
  async run(): Promise<void> {
    await Promise.all([
      ...Array.from({ length: readers }, () => this.#repeat((index) => this.#read(index))),
      this.#repeat((index) => this.#mistake(index)),
      this.#repeat((index) => this.#write(index)),
      this.#repeat((index) => this.#goAway(index)),
      this.#repeat(() => this.#stopPartner()),
    ]);
  }

  async #repeat(ask: (index: number) => Promise<void>): Promise<void> {
    for (let index = 0; Date.now() < this.until; index += 1) await ask(index);
  }

  /** Whole, unless a partner was away meanwhile; every third has a name that has not been asked for some time. */
  async #read(index: number): Promise<void> {
    const absences = this.#absences;
    const wasAway = this.#isAway;
    const query = operations[index % operations.length] ?? '';
    const { errors, extensions } = await this.network.ask(
      index % 3 === 2 ? `query Read${index % names} ${query}` : query,
    );
    this.answers += 1;
    if (wasAway || absences !== this.#absences) return;
    if (errors || !extensions.completeness?.complete) this.faults.push(`${query} is not whole`);
  }

  async #mistake(index: number): Promise<void> {
    const query = mistakes[index % mistakes.length]?.(index % names) ?? '';
    const { errors = [] } = await this.network.ask(query);
    this.answers += 1;
    if (errors.length === 0) this.faults.push(`${query} is answered`);
    await pause(20);
  }

  async #write(index: number): Promise<void> {
    const denmark = { organisation: 'dk', role: 'coordinator' } as const;
    const { ask } = this.network;
    const { data } = await ask('{ policeUnits(filter: { country: "DK" }) { id } }');
    const register = `mutation ($input: RegisterOfficerInput!) { registerOfficer(input: $input) { id } }`;
    const unit: unknown = data.policeUnits[0].id;
    const input = { unit, name: `Officer ${index}`, targetGroup: 'POLICE', languages: ['da'] };
    const registered = await ask(register, { input }, denmark);
    const id: unknown = registered.data?.registerOfficer?.id;
    const erased = await ask('mutation ($id: ID!) { eraseOfficer(id: $id) }', { id }, denmark);
    this.answers += 3;
    if (erased.data?.eraseOfficer !== true) {
      this.faults.push(
        `a change is not done: ${JSON.stringify(registered.errors ?? erased.errors)}`,
      );
    }
    await pause(100);
  }

  /** Asks over HTTP, and is gone before the answer. */
  async #goAway(index: number): Promise<void> {
    const { hubUrl, keys } = this.network;
    const token = await createToken(keys, { organisation: 'nbnp', role: 'coordinator' });
    const gone = new AbortController();
    setTimeout(() => gone.abort(), index % 20);
    await fetch(hubUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: operations[index % operations.length] }),
      signal: gone.signal,
    })
      .then((response) => response.text())
      .catch(() => undefined);
    await pause(20);
  }

  async #stopPartner(): Promise<void> {
    await pause(away.everyMs);
    this.#absences += 1;
    this.#isAway = true;
    await this.network.stop(away.code);
    await pause(away.forMs);
    await this.network.start(away.code);
    // What was kept of its connections has gone with it.
    await this.network.ask(operations[1] ?? '');
    this.#isAway = false;
  }
}

describe('the network under a mixed load', () => {
  it(
    'answers what it can, and its memory stays flat',
    async () => {
      await using network = await openNetwork('demonstration', { deadlineMs });
      const load = new Load(network, Date.now() + soakMs);
      const heap: number[] = [];
      const readHeap = async () => {
        for (let sample = 0; sample < samples; sample += 1) {
          await pause(soakMs / samples);
          heap.push(readHeapMegabytes());
        }
      };
      await Promise.all([load.run(), readHeap()]);
      const growth = readGrowth(heap.slice(samples / 2));
      console.log(
        `${load.answers} answers in ${soakMs / 1000} s; heap ${heap.map((mb) => mb.toFixed(0)).join(', ')} MB; over the later half ${growth.megabytes.toFixed(1)} MB more, ${(growth.share * 100).toFixed(1)} %`,
      );
      expect(load.faults.slice(0, 5)).toEqual([]);
      expect(load.answers).toBeGreaterThan(1_000);
      expect(growth.share).toBeLessThan(mostGrowth);
    },
    soakMs + 120_000,
  );
});
