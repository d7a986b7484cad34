import { personCases, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Expert } from '../entities/expert.entity.js';
import { Officer } from '../entities/officer.entity.js';
import {
  createFacts,
  group,
  openWrittenPolice,
  visit,
  type MutationName,
} from '../testing/test-mutations.js';

const uses: readonly (readonly [MutationName, string, object])[] = [
  ['nominateOfficer', 'input.officer', {}],
  ['decideExpertLoan', 'input.expert', { grant: true }],
];

const cases = uses.flatMap(([mutation, argument, change]) =>
  personCases.map((each) => ({ mutation, argument, change, ...each })),
);

describe.each(testDatabases)('REHEARSAL on $name', (kind) => {
  it.each(cases)(
    '$mutation in a rehearsal ($programme), of a person made for one ($used): $isAllowed',
    async ({ mutation, argument, change, programme: isRehearsal, used, isAllowed }) => {
      const assignments = [{ id: 'nbnp:a', visit: { ...visit, isRehearsal } }];
      await using police = await openWrittenPolice(kind, {
        ...createFacts(),
        'group nbnp:g': { ...group, isRehearsal },
        'expert fi:lent': { assignments },
      });
      const { manager } = police.source;
      for (const person of [Officer, Expert])
        await manager.createQueryBuilder().update(person).set({ isRehearsal: used }).execute();
      const before = await police.readTables();
      const { errors } = await police.try(mutation, { ...change });
      if (isAllowed) {
        expect(errors).toBeUndefined();
      } else {
        expect(errors?.[0]?.extensions).toMatchObject({
          code: 'RULE_VIOLATED',
          rule: 'REHEARSAL',
          argument,
        });
        expect(await police.readTables()).toEqual(before);
      }
    },
  );

  it('lets a police force refuse a loan that may not be, so that it ends', async () => {
    await using police = await openWrittenPolice(kind);
    await police.source.manager.update(Expert, { id: 'fi:lent' }, { isRehearsal: false });
    await police.write('decideExpertLoan', { grant: false });
  });

  it.each([true, false])('marks who is registered for rehearsals: %j', async (isRehearsal) => {
    await using police = await openWrittenPolice(kind);
    const officer = await police.write('registerOfficer', { isRehearsal });
    const expert = await police.write('registerExpert', { isRehearsal });
    const { manager } = police.source;
    const people = [
      await manager.findOneByOrFail(Officer, { id: officer.id }),
      await manager.findOneByOrFail(Expert, { id: expert.id }),
    ];
    expect(people.map((person) => person.isRehearsal)).toEqual([isRehearsal, isRehearsal]);
  });
});
