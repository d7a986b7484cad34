import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Programme } from '../entities/programme.entity.js';
import { insertOrganisation, organisation, partiesHub } from '../testing/test-parties.js';
import { away, openTestVisits } from '../testing/test-visits.js';

const plan = {
  title: 'A plan',
  startsOn: '2031',
  endsOn: '2032-06',
  plannedGroups: 4,
  targetGroups: ['POLICE', 'CUSTOMS'],
  sectorsToShow: ['NGO'],
  workingLanguages: ['en', 'ru'],
};

const journey = {
  direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
  weeks: 1,
  destination: 'a Nordic country',
};
const back = { ...journey, direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA', weeks: 2 };
const lead = { role: 'LEAD', party: organisation };

const badInput = (argument: string) => ({ code: 'BAD_USER_INPUT', argument });

describe.each(testDatabases)('Mutation.createProgramme on $name', (kind) => {
  it('plans a programme that has no groups yet', async () => {
    await using network = await openTestVisits(kind);
    const created = await network.done(
      'createProgramme',
      plan,
      `id title startsOn endsOn plannedGroups groupSizeMin groupSizeMax targetGroups sectorsToShow
       workingLanguages groups { id } areasToInvolve { code } events { id } roles { role }`,
    );
    expect(created).toEqual({
      id: expect.stringMatching(/^nbnp:/) as unknown,
      ...plan,
      groupSizeMin: 10,
      groupSizeMax: 15,
      groups: [],
      areasToInvolve: null,
      events: [],
      roles: [],
    });
    const sized = {
      ...plan,
      startsOn: null,
      groupSizeMin: 3,
      groupSizeMax: 3,
      plannedGroups: null,
    };
    expect(
      await network.done(
        'createProgramme',
        sized,
        'startsOn plannedGroups groupSizeMin groupSizeMax',
      ),
    ).toEqual({ startsOn: null, plannedGroups: null, groupSizeMin: 3, groupSizeMax: 3 });
  });

  it('plans it with its aims, regions, parties and journeys', async () => {
    await using network = await openTestVisits(kind, partiesHub);
    await insertOrganisation(network);
    const aims = ['To see shelters.', 'To meet.'];
    const created = await network.done(
      'createProgramme',
      {
        ...plan,
        aims,
        areasToInvolve: ['RU-MUR', 'RU-ARK'],
        roles: [lead, { role: 'COORDINATOR', party: 'ncm:led' }],
        plannedJourneys: [journey, back],
      },
      `id statements { kind text source place countries } areasToInvolve { code }
       roles { role party { id } source } plannedJourneys { direction weeks destination source }`,
    );
    const statement = { kind: 'AIM', source: 'https://nbnp.ee/', place: null, countries: [] };
    expect(created).toEqual({
      id: created['id'],
      statements: aims.map((text) => ({ ...statement, text })),
      areasToInvolve: [{ code: 'RU-MUR' }, { code: 'RU-ARK' }],
      roles: [
        { role: 'LEAD', party: { id: organisation }, source: null },
        { role: 'COORDINATOR', party: { id: 'ncm:led' }, source: null },
      ],
      plannedJourneys: [
        { ...journey, source: null },
        { ...back, source: null },
      ],
    });
    expect(network.asked).toEqual(['KnownParties', 'KnownRegions']);
    const { id } = created;
    expect(
      await network.read(
        `{ statements(filter: { search: "SHELTERS" }) { nodes { subject { ... on Programme { id } } } }
           contacts(minimum: 1) { nodes { strength parties { id } } } }`,
      ),
    ).toEqual({
      statements: { nodes: [{ subject: { id } }] },
      contacts: { nodes: [{ strength: 1, parties: [{ id: organisation }, { id: 'ncm:led' }] }] },
    });
  });

  it('plans nothing for a party or region that nobody has, or whose owner is unavailable', async () => {
    await using network = await openTestVisits(kind, partiesHub);
    for (const [more, argument] of [
      [{ roles: [{ role: 'LEAD', party: 'ncm:none' }] }, 'input.roles.0.party'],
      [{ roles: [lead] }, 'input.roles.0.party'],
      [{ areasToInvolve: ['RU-MUR', 'RU-MOS'] }, 'input.areasToInvolve.1'],
    ] as const)
      expect
        .soft(await network.refusal('createProgramme', { ...plan, ...more }))
        .toEqual({ code: 'NOT_FOUND', argument });
    await using alone = await openTestVisits(kind, { KnownRegions: away('ncm') });
    const far = { ...plan, areasToInvolve: ['RU-MUR'] };
    expect(await alone.refusal('createProgramme', far)).toMatchObject({ partner: 'ncm' });
  });

  it('gives no role, and no side, to an office or a unit that was merged into another one', async () => {
    const merged = ['ncm:merged', 'dk:merged'];
    const answer = (variables: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(
        Object.values(variables).map((id, index) => {
          const mergedInto = merged.includes(String(id)) ? { id: 'ncm:other' } : null;
          return [`f${index}`, { id, mergedInto }];
        }),
      );
    await using network = await openTestVisits(kind, { ...partiesHub, KnownParties: answer });
    for (const party of merged) {
      const roles = [
        { role: 'LEAD', party: 'ncm:led' },
        { role: 'LEAD', party },
      ];
      const side = { name: 'Denmark', countries: ['DK'], hosts: [party] };
      for (const [more, argument] of [
        [{ roles }, 'input.roles.1.party'],
        [{ sides: [side] }, 'input.sides.0.hosts.0'],
      ] as const)
        expect(await network.refusal('createProgramme', { ...plan, ...more })).toMatchObject({
          code: 'RULE_VIOLATED',
          rule: 'MERGED',
          argument,
        });
    }
  });

  it('plans it once for each idempotency key, and refuses the key with another plan', async () => {
    await using network = await openTestVisits(kind);
    const keyed = { ...plan, idempotencyKey: 'k' };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => network.done('createProgramme', keyed)),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await network.source.manager.countBy(Programme, { title: plan.title })).toBe(1);
    const other = { ...keyed, title: 'Another plan' };
    expect(await network.refusal('createProgramme', other)).toMatchObject({
      code: 'CONFLICT',
      argument: 'input.idempotencyKey',
    });
  });

  it('refuses an invalid plan', async () => {
    await using network = await openTestVisits(kind);
    const refused: readonly (readonly [more: object, argument: string])[] = [
      [{ title: ' ' }, 'input.title'],
      [{ title: 'a\0b' }, 'input.title'],
      [{ startsOn: '2031-07', endsOn: '2031-06' }, 'input.endsOn'],
      [{ plannedGroups: 0 }, 'input.plannedGroups'],
      [{ groupSizeMin: 0 }, 'input.groupSizeMin'],
      [{ groupSizeMin: 16 }, 'input.groupSizeMax'],
      [{ targetGroups: [] }, 'input.targetGroups'],
      [{ targetGroups: ['POLICE', 'POLICE'] }, 'input.targetGroups'],
      [{ sectorsToShow: ['NGO', 'NGO'] }, 'input.sectorsToShow'],
      [{ workingLanguages: ['en', 'en'] }, 'input.workingLanguages'],
      [{ aims: ['a', 'a'] }, 'input.aims'],
      [{ aims: [' '] }, 'input.aims.0'],
      [{ areasToInvolve: ['RU-MUR', 'RU-MUR'] }, 'input.areasToInvolve'],
      [{ roles: [lead, lead] }, 'input.roles'],
      [{ plannedJourneys: [journey, journey] }, 'input.plannedJourneys'],
      [{ plannedJourneys: [{ ...journey, weeks: 0 }] }, 'input.plannedJourneys.0.weeks'],
      [
        { plannedJourneys: [{ ...journey, destination: '' }] },
        'input.plannedJourneys.0.destination',
      ],
    ];
    for (const [more, argument] of refused) {
      const found = await network.refusal('createProgramme', { ...plan, ...more });
      expect.soft(found, JSON.stringify(more)).toEqual(badInput(argument));
    }
    await network.done('createProgramme', { ...plan, startsOn: '2031-05', endsOn: '2031' });
  });
});
