import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '../../sample.js';
import type { Answer, Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const tasksQuery = `{ tasks(first: 1000) { totalCount nodes {
  id kind subject since dueOn isUncertain group { id } visit { id } } } }`;
const groupsQuery = `{ groups(first: 100) { nodes { id
  warnings { code message subject owner dueOn } state stateIsCertain memberCount
  reportsExpected reportsReceived formalitiesOpen } } }`;

const organisations = ['nbnp', 'ncm', 'dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'];
const partners = organisations.filter((code) => code !== 'nbnp');

const askers: readonly (Asker | undefined)[] = [
  undefined,
  { organisation: 'nbnp', role: 'coordinator' },
  { organisation: 'ncm', role: 'coordinator' },
  { organisation: 'no', role: 'coordinator' },
  { organisation: 'fi', role: 'analyst' },
];

/** The partners that a response says it lacks. */
const namedIn = ({ extensions }: Answer): string[] =>
  Object.entries(extensions.completeness?.partners ?? {})
    .filter(([, { status }]) => status !== 'ANSWERED')
    .map(([code]) => code);

/** The codes of partners at a path of the errors. */
const missingAt = ({ errors = [] }: Answer, place: string): unknown[] =>
  errors
    .filter(({ path = [] }) => path.join('.') === place)
    .map(({ extensions }) => extensions.partner);

describe('what the network says while a partner is down', () => {
  let network: OpenNetwork;
  const tasks = new Map<string, Tree[]>();
  const groups = new Map<Asker | undefined, Tree[]>();
  const askTasks = (organisation: string) =>
    network.ask(tasksQuery, {}, { organisation, role: 'coordinator' });

  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
    for (const organisation of organisations) {
      const answer = await askTasks(organisation);
      expect(answer.errors).toBeUndefined();
      tasks.set(organisation, answer.data.tasks.nodes);
    }
    for (const asker of askers) {
      const { data } = await network.ask(groupsQuery, {}, asker);
      groups.set(asker, data.groups.nodes);
    }
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('is compared for most kinds of tasks, and for warnings that need facts of others', () => {
    const kinds = new Set([...tasks.values()].flat().map(({ kind }) => kind as string));
    expect(kinds.size).toBeGreaterThan(6);
    for (const kind of ['OFFER_HOSTING', 'CONFIRM_HOSTING', 'CONFIRM_STOP'])
      expect(kinds).toContain(kind);
    expect([...tasks.values()].flat().filter(({ isUncertain }) => isUncertain)).toEqual([]);
    const warned = (groups.get(askers[1]) ?? []).filter(({ warnings }) => warnings.length > 0);
    expect(warned.length).toBeGreaterThan(1);
  });

  it.each(sampleOf(3, partners))('is incomplete but never wrong without %s', async (away) => {
    await network.stop(away);
    try {
      for (const organisation of organisations)
        if (tasks.get(organisation)?.length) await compareTasks(organisation, away);
      for (const asker of askers) await compareGroups(asker, away);
    } finally {
      await network.start(away);
    }
  });

  async function compareTasks(organisation: string, away: string): Promise<void> {
    const what = `${organisation} without ${away}`;
    const all = tasks.get(organisation) ?? [];
    const answer = await askTasks(organisation);
    const nodes = answer.data.tasks.nodes as Tree[];
    const certain = nodes.filter(({ isUncertain }) => !isUncertain);
    // As it was, to the day.
    for (const task of certain) expect(all, what).toContainEqual(task);
    const isWhole = certain.length === all.length && nodes.length === all.length;
    if (isWhole) return;
    expect(namedIn(answer), what).toEqual([away]);
    expect(answer.extensions.completeness?.complete, what).toBe(false);
    expect(missingAt(answer, 'tasks'), what).toContain(away);
    // What the network itself knows of is not hidden: a stop, a visit to host, a request for an expert.
    const shown = new Set(nodes.map(({ id }) => id as string));
    for (const { id, kind } of all)
      if (['CONFIRM_STOP', 'OFFER_HOSTING', 'DECIDE_LOAN'].includes(kind)) {
        expect(shown, what).toContain(id);
      }
  }

  async function compareGroups(asker: Asker | undefined, away: string): Promise<void> {
    const answer = await network.ask(groupsQuery, {}, asker);
    const what = `${asker?.organisation ?? 'nobody'} without ${away}`;
    const known = groups.get(asker) ?? [];
    expect(answer.data.groups.nodes, what).toHaveLength(known.length);
    for (const [index, group] of (answer.data.groups.nodes as Tree[]).entries()) {
      const { stateIsCertain, state, ...facts } = group;
      for (const [field, value] of Object.entries(facts)) {
        const place = `groups.nodes.${index}.${field}`;
        if (value === null && known[index][field] !== null) {
          expect(missingAt(answer, place), `${what}: ${place}`).toContain(away);
          expect(namedIn(answer), what).toContain(away);
        } else if (field === 'warnings') {
          // As they were. Those that need the missing partner are missing, and it is named.
          const all = known[index].warnings as Tree[];
          for (const warning of value as Tree[])
            expect(all, `${what}: ${place}`).toContainEqual(warning);
          if ((value as Tree[]).length === all.length) continue;
          expect(missingAt(answer, place), `${what}: ${place}`).toContain(away);
          expect(namedIn(answer), what).toContain(away);
        } else expect(value, `${what}: ${place}`).toEqual(known[index][field]);
      }
      if (stateIsCertain) expect(state, what).toBe(known[index].state);
    }
  }
});
