import { anonymous } from '@hub/shared/identity';
import { createFactsHub, participantOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { openTestJourneys, organisations } from '../testing/test-journeys.js';
import { findPath, outcomesOf, readersOf, type Path } from '../testing/test-outcomes.js';
import { openTestNetwork } from '../testing/test-partner.js';
import { mayListPeople, mayReadPeople } from '../testing/test-table.js';
import { insertGroups } from '../testing/test-visits.js';

const group = 'nbnp:arranged';

/** Facts and counts, and the counts that need no other owner. */
const facts = ['id', 'name', 'direction', 'plannedSize', 'briefedOn', 'debriefedOn', 'cancelledOn'];
const derived = ['version', 'memberCount', 'reportsExpected', 'state', 'stateIsCertain'];
const related = ['programme', 'coordinatingOffice', 'visits', 'officersAcceptedOn', 'warnings'];
const open = [...facts, ...derived, ...related];
const selection = `key: id ${[...facts, ...derived].join(' ')} officersAcceptedOn warnings { code }
  programme { id } coordinatingOffice { id } visits { id } members { id ... on Officer { __typename id } }`;

/** The other owners’ fields of a representation. */
const counts = [
  'delegateCount',
  'delegateNominationCount',
  'officerNominationCount',
  'delegateReportsReceived',
  'officerReportsReceived',
];
const days = ['delegatesSelectedOn', 'delegatesBriefedOn', 'delegatesDebriefedOn'];
const brought = {
  __typename: 'Group',
  id: group,
  delegates: [{ __typename: 'Delegate', id: 'ncm:delegate' }],
  ...Object.fromEntries(counts.map((count) => [count, 1])),
  ...Object.fromEntries(days.map((day) => [day, '2025-01-01'])),
};

interface AccessPath {
  readonly name: string;
  readonly query: string;
  readonly variables?: object;
  readonly path?: Path;
  readonly open: readonly string[];
  readonly people: readonly string[];
}

const own = { open, people: ['members'] };

const accessPaths: readonly AccessPath[] = [
  {
    name: 'group(id)',
    query: `{ group(id: "${group}") { ${selection} } }`,
    path: ['group'],
    ...own,
  },
  { name: 'groups.nodes', query: `{ groups { nodes { ${selection} } } }`, ...own },
  { name: 'groups.edges', query: `{ groups { edges { node { ${selection} } } } }`, ...own },
  { name: 'programmes.groups', query: `{ programmes { groups { ${selection} } } }`, ...own },
  { name: 'visits.group', query: `{ visits { nodes { group { ${selection} } } } }`, ...own },
  {
    name: 'a fragment on Party',
    query: `{ programmes { roles { party { ... on Office { coordinatedGroups { ${selection} } } } } } }`,
    ...own,
  },
  {
    name: '_entities',
    query: `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Group { ${selection} delegates { id } ${[...counts, ...days].join(' ')} reportsReceived } } }`,
    variables: { representations: [brought] },
    path: ['_entities', 0],
    open: [...open, ...counts, ...days, 'reportsReceived'],
    people: ['members', 'delegates'],
  },
];

describe.each(testDatabases)('Group on $name', (kind) => {
  it('shows its facts and counts to everybody, and its people to those with a task', async () => {
    await using network = await openTestJourneys(kind);
    for (const { name: accessPath, query, variables, path, open: facts, people } of accessPaths) {
      for (const [name, reader] of readersOf(organisations)) {
        const answer = await network.ask(query, { ...variables }, reader);
        const found = path ?? findPath(answer.data, group);
        const withheld = mayListPeople(reader) ? 'read' : 'FORBIDDEN';
        expect(
          outcomesOf(answer, found, [...facts, ...people]),
          `${accessPath} to ${name}`,
        ).toEqual({
          ...Object.fromEntries(facts.map((field) => [field, 'read'])),
          // One of the group’s visits is in the future, and a briefing shows it.
          ...(reader.kind !== 'person' && { briefedOn: 'null', debriefedOn: 'null' }),
          ...Object.fromEntries(people.map((field) => [field, withheld])),
        });
        if (accessPath !== '_entities' || !mayListPeople(reader)) continue;
        const { _entities: entities } = answer.data as { _entities: [{ members: unknown[] }] };
        const known = ['dk', 'ncm'].filter((sender) => mayReadPeople(reader, sender, true));
        expect(entities[0].members, name).toHaveLength(known.length);
      }
    }
  });
});

describe.each(testDatabases)('institutional facts on $name', (kind) => {
  it('are readable by everybody, in full', async () => {
    await using network = await openTestNetwork(kind);
    const claims = 'claims { property value source preferred note }';
    const answer = await network.read(
      `{ network { name members { country since contact { id superior { id } } ${claims} }
          spokesmanships { country holder unit { id } } spokesmanship { country } ${claims} }
        organisations(first: 1000) { nodes { name kind parent { id } chairs { country } events { id } ${claims} } totalCount }
        events(first: 1000) { nodes { title countries roles { role party { id ... on Organisation { name country } } } participants { value qualifier }
          partOf { id } parts { id } programme { id } ${claims} } totalCount }
        programmes { title groups { memberCount } areasToInvolve { code } evaluation { summary complete signOffs { organisation signedOn } } }
        contacts(filter: { via: [EVENT, REPRESENTATION, PROGRAMME] }) { nodes { strength parties { id } events { id } } totalCount } }`,
      {},
      anonymous,
    );
    expect(Object.values(answer)).not.toContain(null);
  });
});

describe.each(testDatabases)('Group.cancelReason on $name', (kind) => {
  const member = 'fi:officer-1';
  const ask = async (now: string, person: string, cancelledOn = '2030-06-01') => {
    const { askHub } = createFactsHub(() => ({
      cancelledOn,
      members: [{ id: member }],
      visits: [{ returnedOn: null, cancelledOn: null }],
    }));
    await using network = await openTestNetwork(kind, 'nothing', `${now}T06:00:00Z`, askHub);
    await insertGroups(network.source);
    const cancelled = { cancelledOn, cancelReason: 'A strike.' };
    await network.source.manager.update(Group, { id: 'nbnp:south' }, cancelled);
    const { data } = await network.ask(
      '{ group(id: "nbnp:south") { name cancelledOn cancelReason absences { from } } }',
      {},
      participantOf(person),
    );
    return data?.['group'];
  };

  it.each([
    ['a member on the day', '2030-06-01', member, 'A strike.'],
    ['a member 30 days later', '2030-07-01', member, 'A strike.'],
    ['no member after that', '2030-07-02', member, null],
    ['nobody else', '2030-06-01', 'fi:officer-2', null],
  ])('tells %s why the group does not travel, and nothing else', async (_, now, person, reason) => {
    expect(await ask(now, person)).toMatchObject({
      cancelledOn: '2030-06-01',
      cancelReason: reason,
      absences: null,
    });
  });
});
