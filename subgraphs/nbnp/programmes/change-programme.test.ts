import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Programme } from '../entities/programme.entity.js';
import { openTestVisits } from '../testing/test-visits.js';

const plan = {
  title: 'A plan',
  startsOn: '2031',
  endsOn: '2032-06',
  plannedGroups: 4,
  targetGroups: ['POLICE', 'CUSTOMS'],
  sectorsToShow: ['NGO'],
  workingLanguages: ['en', 'ru'],
};

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
    ];
    for (const [more, argument] of refused) {
      const found = await network.refusal('createProgramme', { ...plan, ...more });
      expect.soft(found, JSON.stringify(more)).toEqual(badInput(argument));
    }
    await network.done('createProgramme', { ...plan, startsOn: '2031-05', endsOn: '2031' });
  });
});
