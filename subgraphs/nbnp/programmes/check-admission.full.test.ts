import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { away, openTestVisits, programme } from '../testing/test-visits.js';

type Nominations = Readonly<Record<string, readonly object[] | null>>;

const answer = (more: Nominations = {}) => ({
  NominationsForProgramme: () => ({
    programme: { groups: [{ officerNominations: [], delegateNominations: [], ...more }] },
  }),
});
const change = { programme, version: 1 };
const admission = { targetGroups: ['COURT', 'POLICE'], groupSizeMin: 3, groupSizeMax: 9 };

describe.each(testDatabases)('Mutation.changeProgramme on $name', (kind) => {
  it('changes target groups and sizes until the first nomination', async () => {
    await using network = await openTestVisits(kind, answer());
    await network.source.manager.clear(OfficerNomination);
    const fields = 'targetGroups groupSizeMin groupSizeMax version';
    expect(await network.done('changeProgramme', { ...change, ...admission }, fields)).toEqual({
      ...admission,
      version: 2,
    });
  });

  it.each(Object.entries(admission))(
    'refuses another value of %s after a nomination, wherever it is recorded',
    async (field, value) => {
      const input = { ...change, [field]: value };
      const refused = { rule: 'NOMINATED', argument: 'input.programme' };
      {
        await using decided = await openTestVisits(kind, answer());
        expect(await decided.refusal('changeProgramme', input)).toMatchObject(refused);
      }
      for (const list of ['officerNominations', 'delegateNominations']) {
        await using network = await openTestVisits(kind, answer({ [list]: [{ id: 'fi:n' }] }));
        await network.source.manager.clear(OfficerNomination);
        expect(await network.refusal('changeProgramme', input)).toMatchObject(refused);
        await using unknown = await openTestVisits(kind, answer({ [list]: null }));
        await unknown.source.manager.clear(OfficerNomination);
        expect(await unknown.refusal('changeProgramme', input)).toMatchObject({
          code: 'PARTNER_UNAVAILABLE',
        });
      }
      await using alone = await openTestVisits(kind, { NominationsForProgramme: away('se') });
      await alone.source.manager.clear(OfficerNomination);
      expect(await alone.refusal('changeProgramme', input)).toMatchObject({
        code: 'PARTNER_UNAVAILABLE',
      });
    },
  );

  it.each([
    [{ groupSizeMin: 0 }, { code: 'BAD_USER_INPUT', argument: 'input.groupSizeMin' }],
    [{ groupSizeMin: 5 }, { code: 'BAD_USER_INPUT', argument: 'input.groupSizeMax' }],
    [{ groupSizeMin: null }, { code: 'BAD_USER_INPUT', argument: 'input.groupSizeMin' }],
    [{ targetGroups: [] }, { code: 'BAD_USER_INPUT', argument: 'input.targetGroups' }],
    // Each group is planned for three.
    [{ groupSizeMin: 4 }, { rule: 'PLANNED_SIZE', argument: 'input.groupSizeMin' }],
    [{ groupSizeMax: 2 }, { rule: 'PLANNED_SIZE', argument: 'input.groupSizeMax' }],
  ])('refuses %j', async (more, refusal) => {
    await using network = await openTestVisits(kind, answer());
    await network.source.manager.clear(OfficerNomination);
    expect(await network.refusal('changeProgramme', { ...change, ...more })).toMatchObject(refusal);
  });
});
