import { HubError } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import type { AskHub } from '@hub/shared/policy';
import {
  askEachKind,
  readEveryRow,
  type TestDatabaseKind,
  type TestPartner,
  type TestResponse,
} from '@hub/shared/testing';
import type { DataSource, EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { EvaluationSignature, EvaluationText } from '../entities/evaluation.entity.js';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { ExpertAssignment, Visit, VisitHost } from '../entities/visit.entity.js';
import { openTestNetwork } from './test-partner.js';

type Row = Readonly<Record<string, unknown>>;

/** The hub’s response to each operation, by name. Any other operation fails the test. */
export type TestHub = Readonly<
  Record<
    string,
    (variables: Row, network: TestVisits, query: string, options?: Parameters<AskHub>[2]) => unknown
  >
>;

/** The network, years ahead, with two groups in each direction. The first of each has a visit. */
export interface TestVisits extends TestPartner {
  /** The operations that the hub received, in order. */
  readonly asked: readonly string[];
  /** Calls a mutation; without a selection, for the id of its record alone. */
  change(name: string, input: Row, selection?: string, reader?: Reader): Promise<TestResponse>;
  /** The record that a mutation returns without errors. */
  done(name: string, input: Row, selection?: string): Promise<Row>;
  /** The extensions of the single error, after which nothing is written. */
  refusal(name: string, input: Row, reader?: Reader): Promise<Row>;
  insert(entity: EntityTarget<ObjectLiteral>, ...rows: object[]): Promise<void>;
  update(entity: EntityTarget<ObjectLiteral>, id: string, change: object): Promise<void>;
}

export const programme = 'nbnp:programme';
/** From North-West Russia: to Finland and Russia. */
export const north = { group: 'nbnp:north', visit: 'nbnp:north-visit', stop: 'nbnp:north-stop' };
/** To North-West Russia. */
export const south = { group: 'nbnp:south', visit: 'nbnp:south-visit', stop: 'nbnp:south-stop' };

/** A police officer who is accepted for the group in the south, without a place. */
export const reserve = {
  id: 'se:reserve',
  groupId: south.group,
  officerId: 'se:reserve',
  acceptedOn: '2030-02-01',
  reserve: true,
};

/**
 * What the offices say: Kaliningrad closed before the programme, and Arkhangelsk closes before its
 * visits. Of St. Petersburg no closing is known.
 */
export function answerOffice({ id }: Row): unknown {
  const open = { country: 'RU', openedOn: '1995', closedOn: null };
  const offices: Readonly<Record<string, object>> = {
    'ncm:led': open,
    'ncm:kgd': { ...open, closedOn: '2015-03-11' },
    'ncm:arh': { ...open, openedOn: null, closedOn: '2030-05-06' },
    'ncm:tll': { ...open, country: 'EE' },
  };
  return { office: offices[String(id)] ?? null };
}

/** The days of both visits. */
export const week = { startsOn: '2030-05-06', endsOn: '2030-05-11' } as const;

const toGroup = (name: string, direction: string) => ({
  id: `nbnp:${name}`,
  name,
  direction,
  programmeId: programme,
  plannedSize: 3,
});

const accept = (group: string, officer: string, acceptedOn: string) => ({
  id: `${officer}-for-${group}`,
  groupId: `nbnp:${group}`,
  officerId: officer,
  acceptedOn,
});

const toVisit = (name: string) => ({
  id: `nbnp:${name}-visit`,
  groupId: `nbnp:${name}`,
  title: 'A week',
  ...week,
});

const toStop = (name: string, hostCountry: string, hostOwner: string) => ({
  id: `nbnp:${name}-stop`,
  visitId: `nbnp:${name}-visit`,
  hostCountry,
  hostOwner,
  day: '2030-05-07',
  from: '10:00',
  to: '15:00',
  title: 'A stop',
  sector: 'POLICE',
});

const rows: readonly (readonly [EntityTarget<ObjectLiteral>, readonly object[]])[] = [
  [
    Programme,
    [
      {
        id: programme,
        title: 'A programme',
        startsOn: '2030',
        endsOn: '2031-06',
        groupSizeMin: 2,
        groupSizeMax: 4,
        targetGroups: ['POLICE'],
        sectorsToShow: ['POLICE'],
        workingLanguages: [],
        hasDocumentedGroups: true,
      },
    ],
  ],
  [
    Group,
    [
      toGroup('north', 'NORTH_WEST_RUSSIA_TO_NORDIC'),
      toGroup('north-2', 'NORTH_WEST_RUSSIA_TO_NORDIC'),
      toGroup('south', 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA'),
      toGroup('south-2', 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA'),
    ],
  ],
  [
    OfficerNomination,
    [
      accept('south', 'dk:officer-1', '2030-02-01'),
      accept('south', 'fi:officer-1', '2030-02-10'),
      accept('south-2', 'fi:officer-1', '2030-02-10'),
    ],
  ],
  [Visit, [toVisit('north'), toVisit('south')]],
  [
    VisitHost,
    [
      { visitId: north.visit, country: 'FI', position: 0, owner: 'fi' },
      { visitId: north.visit, country: 'RU', position: 1, owner: 'ncm' },
      { visitId: south.visit, country: 'RU', position: 0, owner: 'ncm' },
    ],
  ],
  [ItineraryStop, [toStop('north', 'FI', 'fi'), toStop('south', 'RU', 'ncm')]],
  [
    ExpertAssignment,
    [
      {
        id: 'nbnp:assignment',
        visitId: north.visit,
        expertId: 'lt:expert',
        role: 'EXPERT',
        languages: [],
      },
    ],
  ],
];

/** The hub’s error for an unavailable partner. */
export const away = (partner: string) => (): never => {
  throw new HubError('PARTNER_UNAVAILABLE', { partner });
};

const returnsBoolean = (name: string): boolean =>
  /^remove(Event|Group|Programme|Statement|Outcome|Link)$/.test(name);

/** What a mutation of several items returns, without its results. */
const ofSeveral: Readonly<Record<string, string>> = {
  decideOfficers: 'group { id }',
  recordGroupAttendance: 'results { participant }',
};

const typeOf = (name: string): string => {
  if (name === 'recordGroupAttendance') return 'RecordAttendanceInput';
  return /^record(Departure|Return|Group(Briefing|Debriefing))$|^withdrawEvaluationSignature$/.test(
    name,
  )
    ? 'RecordDateInput'
    : `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
};

export async function openTestVisits(
  kind: TestDatabaseKind,
  hub: TestHub = {},
  now?: string,
): Promise<TestVisits> {
  const asked: string[] = [];
  const visits: { current?: TestVisits } = {};
  const askHub: AskHub = async (query, variables = {}, options) => {
    const name = /query (\w+)/.exec(query)?.[1] ?? '';
    asked.push(name);
    const answer = hub[name];
    if (!answer || !visits.current)
      throw new Error(`The hub received an unexpected operation: ${query}`);
    return (await answer(variables, visits.current, query, options)) as Row;
  };
  const facts = askEachKind(askHub);
  const network = await openTestNetwork(
    kind,
    'nothing',
    now,
    (query, ...given) => (query.includes('query PolicyFacts') ? facts : askHub)(query, ...given),
    insertGroups,
  );
  const opened = toTestVisits(network, asked);
  visits.current = opened;
  return opened;
}

/** The groups with their members, visits and stops. */
export async function insertGroups({ manager }: DataSource): Promise<void> {
  for (const [entity, values] of rows) {
    // A copy, because TypeORM changes the objects that it inserts.
    const copies = values.map((value) => ({ ...value }));
    await manager.insert(entity, copies);
  }
}

/** The network’s part of the programme’s evaluation, a draft if it is not signed. */
export async function insertEvaluation(
  manager: EntityManager,
  { signedOn, ...text }: Partial<EvaluationText & EvaluationSignature>,
): Promise<void> {
  const blank = { programmeId: programme, findings: [], recommendations: [], version: 1 };
  await manager.insert(EvaluationText, { ...blank, ...text });
  if (signedOn !== undefined)
    await manager.insert(EvaluationSignature, { programmeId: programme, signedOn });
}

function toTestVisits(network: TestPartner, asked: readonly string[]): TestVisits {
  const change: TestVisits['change'] = (
    name,
    input,
    selection = ofSeveral[name] ?? 'id',
    reader,
  ) => {
    const fields = returnsBoolean(name) ? '' : `{ ${selection} }`;
    return network.ask(
      `mutation ($input: ${typeOf(name)}!) { result: ${name}(input: $input) ${fields} }`,
      { input },
      reader,
    );
  };
  return {
    ...network,
    asked,
    change,
    async done(name, input, selection) {
      const { data, errors } = await change(name, input, selection);
      if (errors) throw new Error(`${name} was refused: ${JSON.stringify(errors)}`);
      return data?.['result'] as Row;
    },
    async refusal(name, input, reader) {
      const before = await readEveryRow(network.source);
      const { data, errors = [] } = await change(name, input, '__typename', reader);
      const after = await readEveryRow(network.source);
      if (JSON.stringify(after) !== JSON.stringify(before)) throw new Error(`${name} wrote`);
      const [error] = errors;
      if (data?.['result'] != null || errors.length !== 1 || !error)
        throw new Error(`${name} was not refused: ${JSON.stringify({ data, errors })}`);
      return error.extensions;
    },
    async insert(entity, ...values) {
      // A copy, because TypeORM changes the objects that it inserts.
      await network.source.manager.insert(
        entity,
        values.map((value) => ({ ...value })),
      );
    },
    async update(entity, id, values) {
      await network.source.manager.update(entity, { id }, values);
    },
  };
}
