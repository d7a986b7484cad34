import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Delegate } from '../entities/delegate.entity.js';
import { expectRefusals, openWrittenOffices } from '../testing/test-mutations.js';

const anna = {
  office: 'ncm:led',
  name: 'Anna Invented',
  email: 'anna.new@ncm.example.org',
  targetGroup: 'COURT',
  region: 'RU-MUR',
  employer: 'Court',
  languages: ['ru', 'en'],
};

describe.each(testDatabases)('Mutation.registerDelegate on $name', (database) => {
  it('registers a person in the country of her region, with her languages in the given order', async () => {
    await using offices = await openWrittenOffices(database);
    const selection =
      'name email targetGroup country region { code } employer languages office { id } nominations { id } report { id } version';
    expect(await offices.call('registerDelegate', anna, selection)).toEqual({
      value: {
        ...anna,
        country: 'RU',
        region: { code: 'RU-MUR' },
        office: { id: 'ncm:led' },
        nominations: [],
        report: null,
        version: 1,
      },
      refusal: undefined,
    });
    expect(offices.asked).toEqual([]);
  });

  it('executes fifty repetitions of one idempotency key once, and refuses the key with other input', async () => {
    await using offices = await openWrittenOffices(database);
    const input = { ...anna, idempotencyKey: 'anna' };
    const calls = Array.from({ length: 50 }, () => offices.call('registerDelegate', input));
    expect(new Set((await Promise.all(calls)).map(({ value }) => JSON.stringify(value))).size).toBe(
      1,
    );
    expect(await offices.partner.source.manager.countBy(Delegate, { name: anna.name })).toBe(5 + 1);
    await expectRefusals(offices, 'registerDelegate', input, [
      { input: { languages: ['ru'] }, as: { code: 'CONFLICT', currentVersion: 1 } },
    ]);
  });

  it('refuses a person who stands, with her id, unless she is another', async () => {
    await using offices = await openWrittenOffices(database);
    const [first] = await Promise.all(
      Array.from({ length: 20 }, () => offices.call('registerDelegate', anna)),
    ).then((calls) => calls.flatMap(({ value }) => value ?? []));
    const stored = await offices.partner.source.manager.findBy(Delegate, { email: anna.email });
    expect(stored).toHaveLength(1);
    expect(first).toBeDefined();
    const as = { code: 'RULE_VIOLATED', rule: 'DUPLICATE', id: stored[0]?.id };
    await expectRefusals(offices, 'registerDelegate', anna, [
      { input: {}, as },
      { input: { name: 'ANNA INVENTED', email: 'Anna.New@ncm.example.org' }, as },
      { input: { employer: 'Another court', isAnother: false }, as },
    ]);
    for (const change of [{ isAnother: true }, { email: null }, { email: null }, { name: 'Ann' }])
      expect(await offices.call('registerDelegate', { ...anna, ...change })).toMatchObject({
        refusal: undefined,
      });
  });

  it('refuses a change that makes her somebody who stands', async () => {
    await using offices = await openWrittenOffices(database);
    await offices.call('registerDelegate', anna);
    const stored = await offices.partner.source.manager.findBy(Delegate, { email: anna.email });
    const olga = { ...anna, name: 'Olga Invented', email: 'olga@ncm.example.org' };
    const { value } = await offices.call('registerDelegate', olga);
    const { id } = value as { readonly id: string };
    const change = { delegate: id, version: 1 };
    const as = { code: 'RULE_VIOLATED', rule: 'DUPLICATE', id: stored[0]?.id };
    const { name, email } = anna;
    await expectRefusals(offices, 'changeDelegate', { ...change, name, email }, [
      { as: { ...as, argument: 'input.email' } },
      { input: { isAnother: false, name: 'ANNA INVENTED' }, as },
    ]);
    await offices.call('changeDelegate', { ...change, email });
    const renamed = { ...change, name, version: 2 };
    await expectRefusals(offices, 'changeDelegate', renamed, [
      { as: { ...as, argument: 'input.name' } },
    ]);
    for (const [version, input] of [{ name, isAnother: true }, { employer: 'A court' }].entries())
      expect(
        await offices.call('changeDelegate', { ...change, ...input, version: version + 2 }),
      ).toMatchObject({ refusal: undefined });
  });

  it('refuses unknown ids and invalid values', async () => {
    await using offices = await openWrittenOffices(database);
    const bad = (argument: string) => ({ code: 'BAD_USER_INPUT', argument });
    await expectRefusals(offices, 'registerDelegate', anna, [
      { input: { office: 'ncm:none' }, as: { code: 'NOT_FOUND', argument: 'input.office' } },
      { input: { region: 'FI-18' }, as: { code: 'NOT_FOUND', argument: 'input.region' } },
      { input: { region: 'RU-\0' }, as: { code: 'NOT_FOUND', argument: 'input.region' } },
      { input: { name: ' ' }, as: bad('input.name') },
      { input: { name: 'x'.repeat(501) }, as: bad('input.name') },
      { input: { email: 'anna\0@ncm.example.org' }, as: bad('input.email') },
      { input: { employer: '' }, as: bad('input.employer') },
      { input: { languages: ['ru', 'ru'] }, as: bad('input.languages') },
    ]);
  });
});
