import { HubError } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import {
  createFactsHub,
  type FactsHub,
  inner,
  outcomesOf,
  readerOf,
  type TestDatabaseKind,
  testDatabases,
  type TestFact,
  type TestPartner,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { subjects } from '../testing/access-subjects.js';
import { createScenarioHub, entity, openScenarios, own, readers } from '../testing/test-access.js';

const [sqlite] = testDatabases as [TestDatabaseKind];

/** Nominated for one group, whose visit Sweden hosts. An office co-ordinates it. */
const officer = 'fi:demo-officer-4';
const nomination = 'fi:demo-nomination-2-4';
const group = 'nbnp:demo-group-2';

const open = {
  direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
  cancelledOn: null,
  coordinatingOffice: { id: 'ncm:led' },
  visits: [{ hosts: [{ owner: 'se' }], endsOn: '2027-02-12', departedOn: null }],
  members: [],
  acceptedOfficers: [],
  declinedNominations: [],
};
/** From a side with these countries to Denmark. */
function between(countries: readonly string[]) {
  const side = { regions: [], selectors: [], hosts: [], coordinators: [] };
  const [from, to] = [countries, ['DK']].map((each) => ({ ...side, countries: each }));
  return { direction: null, from, to };
}
const departed = [{ hosts: [{ owner: 'se' }], endsOn: '2027-02-12', departedOn: '2026-11-20' }];
const accepted = { members: [{ id: officer }], acceptedOfficers: [{ id: officer }] };
const declined = { declinedNominations: [{ id: nomination }] };

/** Back from one visit, and the other did not take place. */
const returned = (returnedOn: string) => ({
  ...open,
  ...accepted,
  visits: [{ ...departed[0], returnedOn }, { cancelledOn: '2026-01-01' }],
});

interface State {
  readonly facts: TestFact;
  readonly withdrawnOn?: string;
  /** Who reads about her besides her own police force. */
  readonly readBy: 'the decider' | 'those who work with a member' | 'nobody';
}

/** What the network and the police force have recorded, and who may therefore read. */
const states: Readonly<Record<string, State>> = {
  'a nominee': { facts: open, readBy: 'the decider' },
  // A reserve is not among the accepted, who are members.
  'a reserve': { facts: { ...open, reserve: true }, readBy: 'the decider' },
  'a member': { facts: { ...open, ...accepted }, readBy: 'those who work with a member' },
  'a member of a group that departed': {
    facts: { ...open, ...accepted, visits: departed },
    readBy: 'those who work with a member',
  },
  // The tests ask on 24 November 2026.
  'a member of a group that returned 89 days ago': {
    facts: returned('2026-08-27'),
    readBy: 'those who work with a member',
  },
  'a member of a group that returned 91 days ago': {
    facts: returned('2026-08-25'),
    readBy: 'nobody',
  },
  'a member of a group that is back from one visit of two': {
    facts: { ...returned('2026-01-25'), visits: [{ returnedOn: '2026-01-25' }, ...departed] },
    readBy: 'those who work with a member',
  },
  'a declined nominee': { facts: { ...open, ...declined }, readBy: 'nobody' },
  'a withdrawn nominee': { facts: open, withdrawnOn: '2026-11-01', readBy: 'nobody' },
  'a nominee for a group that departed': { facts: { ...open, visits: departed }, readBy: 'nobody' },
  'a nominee for a group that is cancelled': {
    facts: { ...open, cancelledOn: '2026-11-01' },
    readBy: 'nobody',
  },
  'a nominee for a group that sends no officers': {
    facts: { ...open, direction: 'NORTH_WEST_RUSSIA_TO_NORDIC' },
    readBy: 'nobody',
  },
  'a nominee for a group between two sides': {
    facts: { ...open, ...between(['EE', 'FI']) },
    readBy: 'the decider',
  },
  'a member of a group between two sides': {
    facts: { ...open, ...between(['FI']), ...accepted },
    readBy: 'those who work with a member',
  },
  'a nominee for a group from a side without a police force': {
    facts: { ...open, ...between(['RU']) },
    readBy: 'nobody',
  },
  'a nominee for a group that does not exist': { facts: null, readBy: 'nobody' },
  // Not known is not open, and not undecided.
  'a nominee for a group whose visits are unknown': {
    facts: { ...open, visits: null },
    readBy: 'nobody',
  },
  'a nominee for a group with a visit that is unknown': {
    facts: { ...open, visits: [null] },
    readBy: 'nobody',
  },
  'a nominee for a group whose decisions are unknown': {
    facts: { ...open, declinedNominations: null },
    readBy: 'nobody',
  },
};

const reading: Readonly<Record<State['readBy'], readonly string[]>> = {
  'the decider': ['nbnp'],
  'those who work with a member': ['nbnp', 'ncm', 'se'],
  nobody: [],
};

function mayRead(reader: Reader, { readBy }: State): boolean {
  if (reader.kind !== 'person') return false;
  const { role, organisation } = reader;
  if (organisation === own) return ['coordinator', 'liaison', 'service'].includes(role);
  return ['coordinator', 'service'].includes(role) && reading[readBy].includes(organisation);
}

const hubOf = (facts: TestFact): FactsHub =>
  createFactsHub((field, id) => (field === 'group' && id === group ? facts : null));

async function openState(kind: TestDatabaseKind, { facts, withdrawnOn }: State, hub?: FactsHub) {
  const police = await openScenarios(kind, hub ?? hubOf(facts));
  const nominations = police.source.getRepository(OfficerNomination);
  await nominations.update({ id: nomination }, { withdrawnOn: withdrawnOn ?? null });
  return police;
}

/** Each access path to what only the readers of a person’s identity may read. */
const paths = subjects
  .filter(({ id }) => id === officer || id === nomination)
  .flatMap(({ id, columns, accessPaths }) => {
    const fields = Object.keys(columns).filter((field) => columns[field] === 'identity');
    const queries = Object.entries(accessPaths);
    if (id === officer) {
      queries.push(['an interface', entity('Officer', id, '... on Participant { id name }')]);
      queries.push([
        'a list of nominations',
        '{ officers(filter: { rehearsals: true }) { nodes { nominations { officer { # } } } } }',
      ]);
    }
    return queries.map(([path, query]) => ({
      id,
      path,
      fields: query.includes('#') ? fields : ['name'],
      query: query.replace('#', `id ${fields.join(' ')}`),
    }));
  })
  .map((one, index) => ({ ...one, alias: `path${index}` }));

/** All access paths in one request, each at an alias. Each alone takes most of its time to be sent. */
const allPaths = `{ ${paths
  .map(({ alias, query }) => query.replace(/^\{ (.*) \}$/s, `${alias}: $1`))
  .join('\n')} }`;

describe.each(Object.entries(states))('%s', (_, state) => {
  it('is read by her police force and its deciders, on every access path', async () => {
    await using police = await openState(sqlite, state);
    expect(paths.length).toBeGreaterThan(12);
    for (const [name, reader] of readers) {
      const { data, errors } = await police.ask(allPaths, {}, reader);
      for (const { id, path, fields, alias } of paths) {
        expect(data).toHaveProperty(alias);
        const answer = { data: { [alias]: data?.[alias] }, errors };
        for (const field of fields) {
          const outcomes = outcomesOf(answer, id, field);
          const place = `${id} ${field} by ${path} for ${name}`;
          if (mayRead(reader, state)) {
            expect(outcomes.length, place).toBeGreaterThan(0);
            for (const outcome of outcomes) {
              expect(outcome, place).not.toBeNull();
              expect(outcome, place).not.toBe('FORBIDDEN');
            }
          } else for (const outcome of outcomes) expect(outcome, place).toBe('FORBIDDEN');
        }
      }
    }
  });
});

describe('an officer with two nominations', () => {
  it('is read because of the one that waits, with its motivation alone', async () => {
    await using police = await openState(
      sqlite,
      { facts: open, readBy: 'the decider' },
      createFactsHub((field, id) => {
        if (field !== 'group') return null;
        return id === group ? open : { ...open, declinedNominations: [{ id: 'fi:second' }] };
      }),
    );
    await police.source.getRepository(OfficerNomination).insert({
      id: 'fi:second',
      groupId: 'nbnp:another',
      officerId: officer,
      nominatedOn: '2026-10-01',
      motivation: 'Declined words.',
    });
    const { data, errors } = await police.ask(
      `{ officer(id: "${officer}") { name nominations { id motivation } } }`,
      {},
      readerOf('nbnp', 'coordinator'),
    );
    expect(data).toEqual({
      officer: {
        name: expect.any(String) as unknown,
        nominations: [
          { id: nomination, motivation: expect.any(String) as unknown },
          { id: 'fi:second', motivation: null },
        ],
      },
    });
    expect(errors).toMatchObject([
      { path: ['officer', 'nominations', 1, 'motivation'], extensions: { code: 'FORBIDDEN' } },
    ]);
  });
});

describe('PARTNER_UNAVAILABLE', () => {
  it('is the error of the decider while the network does not say what it decided', async () => {
    const refusal = new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' });
    const askHub = () => Promise.reject(refusal);
    await using police = await openScenarios(sqlite, { ...createScenarioHub(), askHub });
    const { data, errors } = await police.ask(
      `{ officer(id: "${officer}") { id name nominations { motivation } } }`,
      {},
      readerOf('nbnp', 'coordinator'),
    );
    expect(data).toEqual({
      officer: { id: officer, name: null, nominations: [{ motivation: null }] },
    });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual([
      'PARTNER_UNAVAILABLE',
      'PARTNER_UNAVAILABLE',
    ]);
  });
});

async function linksOf({ source }: TestPartner): Promise<inner.DisclosureLink[]> {
  const found: inner.DisclosureLink[] = [];
  for await (const { links } of inner.walkReadings(source.manager, 0))
    found.push(...links.filter(inner.isReading));
  return found;
}

describe.each(testDatabases)('the record of disclosures on $name', (kind) => {
  const query = `query Nominees { officers(filter: { rehearsals: true }) { nodes { name nominations { motivation } } } }`;
  const decider = readerOf('nbnp', 'coordinator');
  const evaluator = { ...decider, purpose: 'evaluation' };
  const member = { members: [{ id: 'fi:demo-officer-3' }] };
  const purposes = async (reader: Reader) => {
    const facts = { ...open, ...member, acceptedOfficers: member.members };
    await using police = await openState(kind, { facts, readBy: 'the decider' });
    await police.ask(query, {}, reader);
    const found = await linksOf(police);
    return found
      .filter(({ isRefused }) => !isRefused)
      .map(({ type, purpose, records }) => `${type} for ${purpose}: ${records}`)
      .toSorted();
  };

  it('names the task of the decider, and no purpose for a member', async () => {
    const found = await purposes(decider);
    expect(found).toEqual([
      'Officer for PROGRAMME; DECIDE_NOMINATION: 1',
      'Officer for null: 1',
      'OfficerNomination for PROGRAMME; DECIDE_NOMINATION: 1',
      'OfficerNomination for null: 1',
    ]);
  });

  it('keeps the purpose of the token', async () => {
    const found = await purposes(evaluator);
    expect(found).toEqual([
      'Officer for evaluation: 1',
      'Officer for evaluation; DECIDE_NOMINATION: 1',
      'OfficerNomination for evaluation: 1',
      'OfficerNomination for evaluation; DECIDE_NOMINATION: 1',
    ]);
  });

  it('names no task for her own police force', async () => {
    const found = await purposes(readerOf(own, 'coordinator'));
    expect(found).toEqual(['Officer for null: 6', 'OfficerNomination for null: 4']);
  });
});
