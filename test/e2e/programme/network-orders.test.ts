import { readEveryRow } from '@hub/shared/testing';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixedSeeds } from '../../conformance/seeds.js';
import { sampleSize } from '../../sample.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { runIn, type Input, type Outcome } from '../network/run-programme.js';

/** A kind of records that an owner’s people keep. */
interface Kind {
  readonly owner: 'nbnp' | 'fi' | 'ncm';
  readonly noun: string;
  readonly argument: string;
  readonly table: string;
  /** What the end of one is called. @default closedOn */
  readonly end?: string;
  readonly base: Input;
  /** The column of the owner’s claims with the record’s id. Sites have no claims. */
  readonly claims?: string;
  /** The argument that names another record, and the kinds of those. */
  readonly names: readonly [argument: string, ...kinds: string[]];
}

const place = { city: 'Tampere', sector: 'NGO', evidence: 'OFFERED_VISIT' };
const kinds: Readonly<Record<string, Kind>> = {
  organisation: {
    owner: 'nbnp',
    noun: 'Organisation',
    argument: 'organisation',
    table: 'organisations',
    base: { kind: 'ngo', country: 'FI' },
    claims: 'subject_id',
    names: ['parent', 'organisation', 'unit', 'office'],
  },
  unit: {
    owner: 'fi',
    noun: 'PoliceUnit',
    argument: 'unit',
    table: 'police_units',
    end: 'validTo',
    base: { country: 'FI' },
    claims: 'unit_id',
    names: ['parent', 'unit'],
  },
  office: {
    owner: 'ncm',
    noun: 'Office',
    argument: 'office',
    table: 'offices',
    base: { kind: 'OFFICE', city: 'Tampere', country: 'FI' },
    claims: 'office_id',
    names: ['parent', 'office'],
  },
  site: {
    owner: 'fi',
    noun: 'NationalSite',
    argument: 'site',
    table: 'national_sites',
    base: { country: 'FI', ...place },
    names: ['organisation', 'organisation'],
  },
  place: {
    owner: 'ncm',
    noun: 'RegionalSite',
    argument: 'site',
    table: 'regional_sites',
    base: place,
    names: ['organisation', 'organisation'],
  },
};

const orders = fc.array(
  fc.record({
    kind: fc.constantFrom(...Object.keys(kinds)),
    verb: fc.constantFrom('register', 'change', 'close', 'merge', 'record', 'change', 'merge'),
    which: fc.nat({ max: 9 }),
    other: fc.nat({ max: 9 }),
    name: fc.constantFrom(...'ABCDEF'),
    page: fc.constantFrom('1', '2', '3'),
    isAnother: fc.constantFrom(true, false, false, false),
  }),
  { minLength: 60, maxLength: 80 },
);
type Step = typeof orders extends fc.Arbitrary<(infer One)[]> ? One : never;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly source: string | null;
  readonly version: number;
  readonly merged_into_id: string | null;
  /** Only bodies are parts of others. */
  readonly parent_id?: string | null;
}

/** One order of changes, under way in the network. */
class Order {
  readonly ids = new Map<string, string[]>();
  /** What somebody called another one, although it looked the same. */
  readonly others = new Set<string>();

  constructor(
    readonly network: OpenNetwork,
    readonly event: string,
    readonly index: number,
  ) {}

  get all(): string[] {
    return [...this.ids.values()].flat();
  }

  rows({ owner, table }: Kind): Promise<Row[]> {
    return this.network.serverOf(owner).source.query<Row[]>(`SELECT * FROM ${table}`);
  }

  /** The mutation of a step and its input; undefined where there are not so many records. */
  async call({ kind, verb, which, other, name, page, isAnother }: Step) {
    const of = kinds[kind] as Kind;
    const [argument, ...named] = of.names;
    const known = this.ids.get(kind) ?? [];
    const [id, into] = [which, other].map((place) => known[place % known.length]);
    const versions = new Map((await this.rows(of)).map((row) => [row.id, row.version]));
    const others = named.flatMap((one) => this.ids.get(one) ?? []);
    const stated = { source: `https://example.org/${page}`, on: '2026-03-01' };
    const described = {
      name: `${name} ${this.index}`,
      [argument]: others[(which + other) % (others.length + 1)] ?? null,
      isAnother,
      ...stated,
    };
    if (verb === 'register') return [`register${of.noun}`, { ...of.base, ...described }] as const;
    if (id === undefined || into === undefined) return undefined;
    const change = { [of.argument]: id, ...stated, version: versions.get(id) };
    if (verb === 'change') return [`change${of.noun}`, { ...change, ...described }] as const;
    if (verb === 'close')
      return [`close${of.noun}`, { ...change, [of.end ?? 'closedOn']: '2020' }] as const;
    if (verb === 'merge') {
      const merged = { ...change, into, reason: 'One.', intoVersion: versions.get(into) };
      return [`merge${of.noun}s`, merged] as const;
    }
    return kind === 'site' || kind === 'place' ? undefined : this.#record(kind, id, described);
  }

  /** Records what refers to a body: what is stated of an organisation, or what it is to do. */
  #record(kind: string, id: string, { name, source, on }: Readonly<Record<string, unknown>>) {
    const page = { source, on, isAnother: true };
    return kind === 'organisation'
      ? (['recordStatement', { about: id, kind: 'CONTEXT', text: name, ...page }] as const)
      : ([
          'recordOutcome',
          { event: this.event, kind: 'DECISION', title: name, mandated: [id], ...page },
        ] as const);
  }
}

/** All rows, but for the marks of requests. */
const readRecords = async (source: DataSource): Promise<string[]> =>
  (await readEveryRow(source)).filter((row) => !row.startsWith('used_nonces,'));

const changesOf = {
  nbnp: 'networkChanges(first: 1)',
  ncm: 'officeChanges(first: 1)',
  fi: 'policeChanges(country: "FI", first: 1)',
};

/** Every list and reference of the kept records, with the merged ones. */
const everything = (merged: boolean, event: string): string => `{
  organisations(filter: { country: "FI", merged: ${merged} }, first: 1000) {
    nodes { id name mergedInto { id } parent { id name } statements { id } } }
  policeUnits(filter: { country: "FI", merged: ${merged} }) { id name mergedInto { id } parent { id name } }
  offices(filter: { country: "FI", merged: ${merged} }) { id name mergedInto { id } parent { id name } }
  nationalSites(filter: { country: "FI", merged: ${merged} }) { id name mergedInto { id } organisation { id name } }
  regionalSites(merged: ${merged}) { id name mergedInto { id } organisation { id name } }
  event(id: "${event}") { outcomes { mandated { id name } } } }`;

describe('any order of changes in the network', () => {
  let network: OpenNetwork;
  let event: string;
  beforeAll(async () => {
    network = await openNetwork('nothing', { isGuarded: true });
    const { done } = runIn(network);
    const first = {
      name: 'Organiser',
      kind: 'ngo',
      source: 'https://example.org',
      on: '2026-01-01',
    };
    const { id } = await done('nbnp', 'registerOrganisation', first);
    const seminar = { title: 'A day', kind: 'SEMINAR', organisers: [id] };
    event = (await done('nbnp', 'recordEvent', seminar)).id;
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const written = new Set<string>();

  /** Makes the call of a step, and checks what became of it. */
  async function take(order: Order, step: Step): Promise<void> {
    const called = await order.call(step);
    if (!called) return;
    const [mutation, input] = called;
    const of = kinds[step.kind] as Kind;
    const owner = mutation.startsWith('record') ? 'nbnp' : of.owner;
    const { source } = network.serverOf(owner);
    const [before, rows] = [await order.rows(of), await readRecords(source)];
    const outcome: Outcome = await runIn(network).call(owner, mutation, input);
    const id = outcome.payload?.id as string | undefined;
    if (id === undefined) {
      const { code, rule, argument } = outcome;
      expect([`${mutation} ${argument}`, rule ?? code]).toEqual([
        expect.any(String),
        expect.stringMatching(/^(MERGED|DUPLICATE|BAD_USER_INPUT)$/),
      ]);
      expect(await readRecords(source)).toEqual(rows);
      return;
    }
    const asker = { organisation: owner, role: 'coordinator' } as const;
    const query = `{ changes: ${changesOf[owner]} { nodes { mutation organisation } } }`;
    const { data } = await network.ask(query, {}, asker);
    expect(data.changes.nodes).toEqual([{ mutation, organisation: owner }]);
    written.add(mutation);
    if (mutation.startsWith('record')) return;
    if (step.isAnother && /^(register|change)/.test(mutation)) order.others.add(id);
    if (step.verb === 'register')
      order.ids.set(step.kind, [...(order.ids.get(step.kind) ?? []), id]);
    const after = new Map((await order.rows(of)).map((row) => [row.id, row]));
    const claims = of.claims
      ? await source.query<Readonly<Record<string, unknown>>[]>('SELECT * FROM claims')
      : [];
    for (const was of before) {
      const is = after.get(was.id);
      expect(is?.version).toBeGreaterThanOrEqual(was.version);
      if (!of.claims || is?.name === was.name || is?.source === was.source) continue;
      const own = claims.filter((claim) => claim[of.claims ?? ''] === was.id);
      expect(own.map(({ value }) => value)).toContain(was.name);
    }
  }

  const runs = sampleSize(20, 200);
  it.each(
    fixedSeeds
      .flatMap((seed) => fc.sample(orders, { numRuns: Math.ceil(runs / 2), seed }))
      .map((order, index) => ({ order, index })),
  )(
    'leaves no cycle, no twin, no lost value and no reference that leads nowhere ($index)',
    async ({ order: all, index }) => {
      const order = new Order(network, event, index);
      for (const step of all) await take(order, step);
      const staying: string[] = [];
      for (const [kind, of] of Object.entries(kinds)) {
        const own = new Set(order.ids.get(kind));
        const rows = (await order.rows(of)).filter(({ id }) => own.has(id));
        const live = rows.filter((row) => row.merged_into_id === null);
        const liveIds = live.map(({ id }) => id);
        staying.push(...liveIds);
        for (const row of rows)
          if (row.merged_into_id !== null) expect(liveIds).toContain(row.merged_into_id);
        // A part is one of a body that stands, and of none of its own parts.
        for (const { parent_id: parent } of rows)
          if (parent != null && own.has(parent)) expect(liveIds).toContain(parent);
        for (const { id } of live) {
          const above = new Set<string>();
          for (let at: string | null | undefined = id; at != null;) {
            expect(above).not.toContain(at);
            above.add(at);
            at = rows.find((row) => row.id === at)?.parent_id;
          }
        }
        const once = live.filter(({ id }) => !order.others.has(id)).map(({ name }) => name);
        expect(new Set(once).size, kind).toBe(once.length);
      }
      // Whatever names one that was merged still finds it, at whichever owner.
      const listed = async (merged: boolean): Promise<string[]> => {
        const { data, errors } = await network.ask(everything(merged, event), {});
        expect(errors).toBeUndefined();
        const { organisations, event: seminar, ...lists } = data;
        const nodes = [organisations.nodes, ...Object.values(lists)].flat();
        for (const named of [
          ...nodes,
          ...seminar.outcomes.flatMap((one: Input) => one['mandated']),
        ])
          expect(named.name).toEqual(expect.any(String));
        return nodes.map(({ id }: Row) => id).filter((id: string) => order.all.includes(id));
      };
      expect((await listed(true)).toSorted()).toEqual(order.all.toSorted());
      expect((await listed(false)).toSorted()).toEqual(staying.toSorted());
    },
  );

  it('has taken every kind of step', () => {
    const mutations = Object.values(kinds).flatMap(({ noun }) => [
      ...['register', 'change', 'close'].map((verb) => `${verb}${noun}`),
      `merge${noun}s`,
    ]);
    const all = [...mutations, 'recordStatement', 'recordOutcome'];
    expect([...written].toSorted()).toEqual(all.toSorted());
  });
});
