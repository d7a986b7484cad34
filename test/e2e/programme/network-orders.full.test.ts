import { readEveryRow } from '@hub/shared/testing';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixedSeeds } from '../../conformance/seeds.js';
import { sampleSize } from '../../sample.js';
import {
  everything,
  kinds,
  Order,
  orders,
  valuesOf,
  type Kind,
  type Row,
  type Step,
} from '../network/drawn-orders.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { runIn, type Input, type Outcome } from '../network/run-programme.js';

/** All rows, but for the marks of requests. */
const readRecords = async (source: DataSource): Promise<string[]> =>
  (await readEveryRow(source)).filter((row) => !row.startsWith('used_nonces,'));

const changesOf = {
  nbnp: 'networkChanges(first: 1)',
  ncm: 'officeChanges(first: 1)',
  fi: 'policeChanges(country: "FI", first: 1)',
};

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

  /**
   * Makes the call of a step, and checks what became of it.
   * @returns the mutation, if it wrote
   */
  async function take(order: Order, step: Step): Promise<string | undefined> {
    const called = await order.call(step);
    if (!called) return undefined;
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
        expect.stringMatching(/^(MERGED|DUPLICATE|DATE_ORDER|BAD_USER_INPUT)$/),
      ]);
      expect(await readRecords(source)).toEqual(rows);
      return undefined;
    }
    const asker = { organisation: owner, role: 'coordinator' } as const;
    const query = `{ changes: ${changesOf[owner]} { nodes { mutation organisation } } }`;
    const { data } = await network.ask(query, {}, asker);
    expect(data.changes.nodes).toEqual([{ mutation, organisation: owner }]);
    if (mutation.startsWith('record')) return mutation;
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
      const own = claims.filter((claim) => claim[of.claims ?? ''] === was.id);
      const kept = own.map(({ value }) => value);
      if (!of.claims || !is || is.source === was.source) continue;
      expect([...valuesOf(is), ...kept]).toEqual(expect.arrayContaining(valuesOf(was)));
    }
    return mutation;
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
      const written = new Set<string>();
      for (const step of all) written.add((await take(order, step)) ?? '');
      // They are written, and not all refused.
      expect(written.size).toBeGreaterThan(5);
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
        const once = live
          .filter(({ id }) => !order.others.has(id))
          .map(({ name, city = '' }) => (of.isOnePlace ? `${name}, ${city?.toLowerCase()}` : name));
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

  it('takes every kind of step', async () => {
    const verbs = ['register', 'register', 'change', 'close', 'record', 'merge'] as const;
    const order = new Order(network, event, runs);
    const none = { name: 'A', page: '1', isAnother: true, details: {}, end: '2020' } as const;
    const taken: unknown[] = [];
    for (const kind of Object.keys(kinds))
      for (const verb of verbs)
        taken.push(await take(order, { kind, verb, which: 0, other: 1, ...none }));
    const mutations = Object.values(kinds).flatMap(({ noun }, index) => [
      ...['register', 'register', 'change', 'close'].map((verb) => `${verb}${noun}`),
      ['recordStatement', 'recordOutcome', 'recordOutcome'][index],
      `merge${noun}s`,
    ]);
    expect(taken).toEqual(mutations);
  });
});
