import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { notThere, openWrittenPolice, refusalOf, rule } from '../testing/test-mutations.js';

const person = 'fi:mistaken';

describe.each(testDatabases)('Mutation.holdPoliceData on $name', (kind) => {
  it.each(['Officer', 'Expert'] as const)(
    'keeps an %s who would be erased or removed, until it is lifted',
    async (type) => {
      await using police = await openWrittenPolice(kind);
      // The other one has the same id, and is not here.
      await police.source.manager.delete(type === 'Officer' ? 'Expert' : 'Officer', { id: person });
      const erase = () => police.ask(`mutation { it: erase${type}(id: "${person}") }`);
      expect(await police.write('holdPoliceData', { person })).toEqual({
        person,
        reason: 'A complaint.',
        until: '2034-06-30',
        setOn: '2033-12-31',
        version: 1,
      });
      const readHold = () =>
        police.ask(`{ it: ${type.toLowerCase()}(id: "${person}") { hold { reason until } } }`);
      const hold = { reason: 'A complaint.', until: '2034-06-30' };
      expect(await readHold()).toEqual({ data: { it: { hold } } });
      const before = await police.readTables();
      expect(refusalOf(await erase())).toEqual({ ...rule('HELD', ''), argument: 'id' });
      const refused = await police.try(`remove${type}`);
      expect(refusalOf(refused)).toEqual(rule('HELD', type.toLowerCase()));
      expect(await police.readTables()).toEqual(before);
      const lifted = { person, until: null, version: 1 };
      expect(await police.write('holdPoliceData', lifted)).toMatchObject({
        until: null,
        version: 2,
      });
      expect(await readHold()).toEqual({ data: { it: { hold: null } } });
      expect(await erase()).toEqual({ data: { it: true } });
      expect((await police.readTables()).join('\n')).not.toContain('A complaint.');
    },
  );

  it('is refused for people of nobody', async () => {
    await using police = await openWrittenPolice(kind);
    for (const id of ['fi:nobody', 'dk:demo-officer-1', 'fi:\0'])
      expect(refusalOf(await police.try('holdPoliceData', { person: id }))).toEqual(
        notThere('person'),
      );
  });
});
