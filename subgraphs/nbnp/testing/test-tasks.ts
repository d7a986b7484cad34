import { HubError } from '@hub/shared/errors';
import type { tokens } from '@hub/shared/identity';
import { readerOf, type TestDatabaseKind, type TestResponse } from '@hub/shared/testing';
import { Group } from '../entities/group.entity.js';
import { Visit } from '../entities/visit.entity.js';
import {
  north,
  openTestVisits,
  south,
  week,
  type TestHub,
  type TestVisits,
} from './test-visits.js';

/** What others know: by the root field and its variables, `group nbnp:north`. */
export type TestFacts = Record<string, unknown>;

export const offer = (id: string, visitId: string, status = 'OFFERED') => ({
  id,
  visitId,
  status,
  decidedOn: status === 'WITHDRAWN' ? '2026-10-02' : null,
});

const nomination = (id: string, status: string, decidedOn: string | null, delegate: string) => ({
  id,
  nominatedOn: '2030-01-12',
  status,
  decidedOn,
  delegate: { id: delegate },
});

/** Everything waits, before the departures. */
export const everythingWaits: TestFacts = {
  'group nbnp:south': {
    officerNominations: [
      { id: 'dk:pending', nominatedOn: '2030-01-10', withdrawnOn: null },
      { id: 'dk:withdrawn', nominatedOn: '2030-01-10', withdrawnOn: '2030-01-11' },
      { id: 'dk:officer-1-for-south', nominatedOn: '2030-01-10', withdrawnOn: null },
    ],
  },
  'group nbnp:south-2': { officerNominations: [] },
  'group nbnp:north': {
    delegateNominations: [
      nomination('ncm:pending', 'PENDING', null, 'ncm:d3'),
      nomination('ncm:selected', 'SELECTED', '2030-02-04', 'ncm:d1'),
      nomination('ncm:declined', 'DECLINED', '2030-02-05', 'ncm:d1'),
    ],
    delegates: [
      { id: 'ncm:d1', outstanding: ['FORMALITIES', 'REPORT'] },
      { id: 'ncm:d2', outstanding: ['REPORT'] },
    ],
    delegateCount: 2,
    delegatesSelectedOn: '2030-02-05',
    delegatesBriefedOn: null,
    delegatesDebriefedOn: null,
  },
  'group nbnp:north-2': { delegateNominations: [], delegateCount: 0, delegatesBriefedOn: null },
  'visit nbnp:north-visit': {
    stops: [{ id: north.stop, hostConfirmedVersion: 0 }],
    experts: [
      {
        id: 'nbnp:assignment',
        status: 'REQUESTED',
        isLoanPutBack: false,
        loanWithdrawnOn: null,
      },
    ],
    hostings: [offer('fi:offer', north.visit)],
    regionalHostings: [offer('ncm:withdrawn', north.visit, 'WITHDRAWN')],
  },
  'visit nbnp:south-visit': {
    stops: [{ id: south.stop, officeConfirmedVersion: 0 }],
    hostings: [],
    regionalHostings: [offer('ncm:offer', south.visit)],
  },
  'policeUnits FI': [
    { hostings: [offer('fi:offer', north.visit), offer('fi:elsewhere', 'nbnp:elsewhere')] },
    { hostings: [] },
  ],
  'officer dk:officer-1': { outstanding: ['FORMALITIES', 'REPORT'] },
  'officer fi:officer-1': { outstanding: ['REPORT'] },
};

interface Gap {
  readonly fact: string;
  readonly partner: string;
  readonly path: readonly (string | number)[];
}

export interface TestTasks extends TestVisits {
  /** May be changed. An unknown fact is null. */
  readonly facts: TestFacts;
  /** The partners that the hub misses. */
  readonly missing: string[];
  /** The values in facts that the hub misses, of one partner each. */
  readonly gaps: Gap[];
  /** For each request of the tasks to the hub: its root fields, as the facts are named. */
  readonly requests: readonly (readonly string[])[];
  /** The whole response to a member of the staff of an organisation. */
  askTasks(organisation: string, role?: tokens.Role): Promise<TestResponse>;
  /** The tasks of an organisation, in order: the kind and the subject. */
  listOf(organisation: string): Promise<string[]>;
}

const fieldPattern = /(f\d+): (\w+)\((?:id|filter: \{ country): \$(\w+)/g;

/** The network with its two visits ahead, and a hub that knows these facts. */
export async function openTestTasks(
  kind: TestDatabaseKind,
  facts: TestFacts = { ...everythingWaits },
  hub: TestHub = {},
  now = '2026-11-24T12:00:00Z',
): Promise<TestTasks> {
  const requests: string[][] = [];
  const missing: string[] = [];
  const gaps: Gap[] = [];
  const answers: TestHub = {
    ...hub,
    FactsOf(variables, _network, query, options) {
      for (const partner of missing)
        options?.onMissing?.(new HubError('PARTNER_UNAVAILABLE', { partner }), []);
      const fields = [...query.matchAll(fieldPattern)].map(
        ([, key = '', root, variable = '']) =>
          [key, `${root} ${String(variables[variable])}`] as const,
      );
      for (const { fact, partner, path } of gaps)
        for (const [key] of fields.filter(([, name]) => name === fact)) {
          const error = new HubError('PARTNER_INVALID_RESPONSE', { partner });
          options?.onMissing?.(error, [key, ...path]);
        }
      requests.push(fields.map(([, name]) => name));
      return Object.fromEntries(fields.map(([key, name]) => [key, facts[name] ?? null]));
    },
  };
  const network = await openTestVisits(kind, answers, now);
  const fields = 'kind subject since dueOn isUncertain group { id } visit { id }';
  const askTasks: TestTasks['askTasks'] = (organisation, role = 'coordinator') =>
    network.ask(
      `{ tasks(first: 1000) { totalCount nodes { ${fields} } } }`,
      {},
      readerOf(organisation, role),
    );
  return {
    ...network,
    facts,
    missing,
    gaps,
    requests,
    askTasks,
    async listOf(organisation) {
      const { data } = await askTasks(organisation);
      const { nodes } = data?.['tasks'] as { nodes: { kind: string; subject: string }[] };
      return nodes.map(({ kind: task, subject }) => `${task} ${subject}`);
    },
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  };
}

/** Leaves the two groups with a visit. */
export async function cancelOthers(network: TestVisits): Promise<void> {
  for (const id of ['nbnp:north-2', 'nbnp:south-2'])
    await network.update(Group, id, { cancelledOn: '2030-03-01' });
}

/** Both groups are back, and the programme has no others. */
export async function bringBack(network: TestVisits): Promise<void> {
  await cancelOthers(network);
  for (const { visit } of [north, south])
    await network.update(Visit, visit, { departedOn: week.startsOn, returnedOn: '2030-05-10' });
}
