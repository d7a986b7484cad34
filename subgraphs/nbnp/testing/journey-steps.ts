import { anonymous, type Reader } from '@hub/shared/identity';
import { entityPath, readerOf, type TestPartner } from '@hub/shared/testing';
import { getNamedType, isLeafType, isObjectType, type GraphQLSchema } from 'graphql';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { Absence, Visit } from '../entities/visit.entity.js';
import { definition } from '../partner.js';
import { insertEvaluation, programme } from './test-visits.js';

/** A day on which both groups travel. */
export const during = '2030-05-08T12:00:00Z';
export const after = '2030-05-12T12:00:00Z';

interface Step {
  readonly name: string;
  take(network: TestPartner, group: string): Promise<unknown>;
}

const meet =
  (meeting: Pick<GroupMeeting, 'kind' | 'on'>, version: number) =>
  async ({ source: { manager } }: TestPartner, group: string) => {
    const id = `nbnp:${group}`;
    await manager.insert(GroupMeeting, { groupId: id, attendees: ['dk:officer-1'], ...meeting });
    await manager.update(Group, { id }, { version });
  };

const changeVisit =
  (change: object) =>
  ({ source }: TestPartner, group: string) =>
    source.manager.update(Visit, { id: `nbnp:${group}-visit` }, change);

/** The records of a journey, step by step. */
export const steps: readonly Step[] = [
  {
    name: 'scheduled',
    take: ({ source }, group) =>
      source.manager.insert(Visit, {
        id: `nbnp:${group}-first`,
        groupId: `nbnp:${group}-2`,
        title: 'A first visit',
        startsOn: '2030-05-07',
        endsOn: '2030-05-11',
      }),
  },
  { name: 'briefed', take: meet({ kind: 'BRIEFING', on: '2030-04-01' }, 2) },
  { name: 'moved', take: changeVisit({ startsOn: '2030-05-07', version: 2 }) },
  { name: 'departed', take: changeVisit({ departedOn: '2030-05-06', version: 3 }) },
  {
    name: 'absent',
    take: ({ source }, group) =>
      source.manager.insert(Absence, {
        visitId: `nbnp:${group}-visit`,
        groupId: `nbnp:${group}`,
        participantId: group === 'south' ? 'dk:officer-1' : 'ncm:delegate',
        from: '2030-05-06',
        reason: 'ILLNESS',
      }),
  },
  { name: 'returned', take: changeVisit({ returnedOn: '2030-05-07', version: 4 }) },
  { name: 'debriefed', take: meet({ kind: 'DEBRIEFING', on: '2030-05-08' }, 3) },
  {
    name: 'signed',
    take: ({ source }) =>
      insertEvaluation(source.manager, { summary: 'All went well.', signedOn: '2030-05-08' }),
  },
];

export const readers: readonly (readonly [string, Reader])[] = [
  ['an anonymous caller', anonymous],
  ...(['analyst', 'auditor', 'liaison', 'coordinator'] as const).flatMap((role) =>
    ['nbnp', 'ncm', 'dk', 'fi', 'se'].map(
      (code) => [`${role} of ${code}`, readerOf(code, role)] as const,
    ),
  ),
];

export const isBack = steps.findIndex(({ name }) => name === 'returned');
export const underWay = steps.slice(0, isBack);

/** A warning may say that a return is overdue. */
export const withoutWarnings = (query: string): string =>
  query.replaceAll(/\bwarnings( \{[^}]*\})?/g, '');

/** Selects all fields of a type. Fields of other types select only `__typename`. */
export function selectAll(schema: GraphQLSchema, name: string): string {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`There is no type ${name}.`);
  return Object.values(type.getFields())
    .map((field) =>
      isLeafType(getNamedType(field.type)) ? field.name : `${field.name} { __typename }`,
    )
    .join(' ');
}

const counts = [
  'delegateCount',
  'delegateNominationCount',
  'delegateReportsReceived',
  'officerNominationCount',
  'officerReportsReceived',
];

/** What the other owners show to anonymous callers of a group that is travelling. */
export const brought = (id: string) => ({
  __typename: 'Group',
  id,
  delegates: null,
  ...Object.fromEntries(counts.map((field) => [field, field.endsWith('Received') ? 0 : 3])),
  delegatesSelectedOn: '2030-03-01',
  delegatesBriefedOn: null,
  delegatesDebriefedOn: null,
  programme: { officeSignatureCount: 0 },
});

export async function createQuestions(): Promise<readonly (readonly [string, object?])[]> {
  const { schema } = await definition.createSubgraph();
  const [group, visit, stop] = ['Group', 'Visit', 'ItineraryStop'].map((type) =>
    selectAll(schema, type),
  );
  const evaluation = 'evaluation { summary complete signOffs { organisation signedOn } }';
  const roots = ['north', 'south'].flatMap((name): [string, object?][] => [
    [`{ group(id: "nbnp:${name}") { ${group} } }`],
    [`{ visit(id: "nbnp:${name}-visit") { ${visit} } }`],
    [`{ itineraryStop(id: "nbnp:${name}-stop") { ${stop} } }`],
    [`{ visits(filter: { group: "nbnp:${name}" }) { totalCount nodes { ${visit} } } }`],
    [entityPath('Visit', { id: `nbnp:${name}-visit` })(visit ?? '')],
    [entityPath('ItineraryStop', { id: `nbnp:${name}-stop` })(stop ?? '')],
    [
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Group { ${group} } } }`,
      { representations: [brought(`nbnp:${name}`)] },
    ],
  ]);
  const lists = [
    `{ groups { totalCount pageInfo { endCursor } nodes { ${group} } } }`,
    `{ programmes { ${selectAll(schema, 'Programme')} groups { ${group} } ${evaluation} } }`,
    `{ visits { totalCount pageInfo { hasNextPage endCursor } nodes { ${visit} } } }`,
    `{ visits(filter: { hostCountry: "RU", from: "2030-05-01" }) { totalCount } }`,
    `{ sectorStatistics { ${selectAll(schema, 'SectorStatistics')} } }`,
    `{ sectorStatistics(filter: { programme: "${programme}" }) { stops } }`,
    entityPath('Programme', { id: programme })(evaluation),
    entityPath('Office', { id: 'ncm:led' })(`coordinatedGroups { ${group} }`),
    `mutation { recordDeparture(input: { id: "nbnp:south-visit", on: "2030-05-06", version: 1 }) { id } }`,
  ];
  return [...roots, ...lists.map((query): [string] => [query])];
}
