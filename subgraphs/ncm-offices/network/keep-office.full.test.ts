// cspell:ignore Liepāja Rietumu birojs Ventspils
import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Claim } from '../entities/claim.entity.js';
import { Office } from '../entities/office.entity.js';
import {
  expectRefusals,
  nomination,
  openWrittenOffices,
  rule,
  type WrittenOffices,
} from '../testing/test-mutations.js';

const page = 'https://www.norden.lv/en/liepaja';
const stated = { source: page, on: '2010-01-11' };
const west = {
  name: 'Office West',
  kind: 'BRANCH',
  city: 'Liepāja',
  country: 'LV',
  openedOn: '2009-09',
  parent: 'ncm:rix',
  variants: ['Kontor Vest', 'Rietumu birojs'],
  roleInField: 'Information',
  note: 'By the harbour.',
  ...stated,
};
const fields =
  'name kind city country openedOn closedOn parent { id } variants roleInField note source checkedOn isRehearsal version';

const register = async (offices: WrittenOffices, input: object = west): Promise<string> => {
  const { value, refusal } = await offices.call('registerOffice', { ...input });
  expect(refusal).toBeUndefined();
  return (value as { id: string }).id;
};
const claimsOf = async ({ partner }: WrittenOffices, officeId: string) =>
  (await partner.source.manager.findBy(Claim, { officeId })).map(
    ({ property, value, source, preferred }) => ({ property, value, source, preferred }),
  );
const changesOf = async ({ partner }: WrittenOffices, subject: string) =>
  (
    await partner.read(
      `{ officeChanges(filter: { subject: "${subject}" }) { nodes { mutation fields } } }`,
    )
  )['officeChanges'];

/** An office that was made for rehearsals, as an import marks it. */
const inventOffice = async (offices: WrittenOffices): Promise<string> =>
  register(offices, { ...west, name: 'Training', parent: null, isRehearsal: true });

describe.each(testDatabases)('Mutation.registerOffice on $name', (database) => {
  it('registers an office that lists, searches and its parent show', async () => {
    await using offices = await openWrittenOffices(database);
    const { value } = await offices.call('registerOffice', west, `id ${fields}`);
    const { parent, on, ...given } = west;
    const { id, ...shown } = value as { id: string };
    expect(id).toMatch(/^ncm:.+/);
    expect(shown).toEqual({
      ...given,
      parent: { id: parent },
      closedOn: null,
      checkedOn: on,
      isRehearsal: false,
      version: 1,
    });
    const found = await offices.partner.read(`{
      offices(filter: { search: "rietumu", country: "LV", openOn: "2011-01-01" }) { id }
      office(id: "ncm:rix") { branches { id } }
    }`);
    expect(found).toEqual({ offices: [{ id }], office: { branches: [{ id }] } });
    expect(await changesOf(offices, id)).toMatchObject({ nodes: [{ mutation: 'registerOffice' }] });
    expect(offices.asked).toEqual([]);
  });

  it('registers the repetitions of one key once', async () => {
    await using offices = await openWrittenOffices(database);
    const input = { ...west, idempotencyKey: 'west' };
    const calls = Array.from({ length: 20 }, () => offices.call('registerOffice', input));
    expect(new Set((await Promise.all(calls)).map(({ value }) => JSON.stringify(value))).size).toBe(
      1,
    );
    expect(await offices.partner.source.manager.countBy(Office, { name: west.name })).toBe(1);
  });

  it('refuses an office that stands, with its id, unless it is another', async () => {
    await using offices = await openWrittenOffices(database);
    const id = await register(offices);
    const as = { ...rule('DUPLICATE', 'input.name'), id };
    await expectRefusals(offices, 'registerOffice', west, [
      { as },
      { input: { name: 'OFFICE  WEST.', city: 'liepaja', openedOn: null, isAnother: false }, as },
      {
        input: {
          name: "Nordic Council of Ministers' Office in Latvia",
          city: 'Riga',
        },
        as: { ...as, id: 'ncm:rix' },
      },
    ]);
    for (const change of [{ isAnother: true }, { city: 'Ventspils' }, { country: 'LT' }])
      await register(offices, { ...west, ...change });
  });

  it('refuses an unknown parent, and a real branch of an invented office', async () => {
    await using offices = await openWrittenOffices(database);
    const parent = await inventOffice(offices);
    const bad = (argument: string) => ({ code: 'BAD_USER_INPUT', argument });
    await expectRefusals(offices, 'registerOffice', west, [
      { input: { parent: 'ncm:none' }, as: { code: 'NOT_FOUND', argument: 'input.parent' } },
      { input: { parent: 'ncm:\0' }, as: { code: 'NOT_FOUND', argument: 'input.parent' } },
      { input: { parent }, as: rule('REHEARSAL', 'input.parent') },
      { input: { on: '2999-01-01' }, as: rule('FUTURE', 'input.on') },
      { input: { name: ' ' }, as: bad('input.name') },
      { input: { variants: ['One', 'One'] }, as: bad('input.variants') },
    ]);
    await register(offices, { ...west, parent, isRehearsal: true });
  });
});

describe.each(testDatabases)('Mutation.changeOffice on $name', (database) => {
  const other = { source: 'https://www.norden.org/en/offices', on: '2010-02-01' };

  it('changes what is given, and keeps what the page of before stated', async () => {
    await using offices = await openWrittenOffices(database);
    const office = await register(offices);
    const input = { office, name: 'Office East', variants: ['Kontor Vest'], version: 1, ...other };
    const { value } = await offices.call('changeOffice', { ...input, note: null }, fields);
    const { on: checkedOn, source } = other;
    expect(value).toMatchObject({
      name: 'Office East',
      variants: ['Kontor Vest'],
      note: null,
      source,
      checkedOn,
      kind: 'BRANCH',
      city: west.city,
      openedOn: '2009-09',
      parent: { id: 'ncm:rix' },
      version: 2,
    });
    const claim = { source: page, preferred: false };
    expect(await claimsOf(offices, office)).toEqual(
      expect.arrayContaining([
        { property: 'name', value: 'Office West', ...claim },
        { property: 'variants', value: 'Rietumu birojs', ...claim },
        { property: 'note', value: 'By the harbour.', ...claim },
      ]),
    );
    expect(await claimsOf(offices, office)).toHaveLength(3);
    expect(await changesOf(offices, office)).toMatchObject({
      nodes: [
        { mutation: 'changeOffice', fields: expect.arrayContaining(['name', 'claims', 'version']) },
        { mutation: 'registerOffice' },
      ],
    });
    expect(await offices.partner.read('{ offices(filter: { search: "east" }) { id } }')).toEqual({
      offices: [{ id: office }],
    });
    // The first page is right after all: its claim is preferred, and the name of the other is kept.
    await offices.call('changeOffice', { office, name: west.name, version: 2, ...stated });
    expect((await claimsOf(offices, office)).filter(({ property }) => property === 'name')).toEqual(
      expect.arrayContaining([
        { property: 'name', value: 'Office West', source: page, preferred: true },
        { property: 'name', value: 'Office East', source, preferred: false },
      ]),
    );
  });

  it('keeps no claim of a slip in reading the same page', async () => {
    await using offices = await openWrittenOffices(database);
    const office = await register(offices);
    await offices.call('changeOffice', { office, city: 'Ventspils', version: 1, ...stated });
    expect(await claimsOf(offices, office)).toEqual([]);
  });

  it('refuses what cannot be, and writes nothing', async () => {
    await using offices = await openWrittenOffices(database);
    const office = await register(offices);
    const invented = await inventOffice(offices);
    const change = { office, version: 1, ...other };
    const bad = (argument: string) => ({ code: 'BAD_USER_INPUT', argument });
    const latvia = { name: "Nordic Council of Ministers' Office in Latvia", city: 'Riga' };
    const twin = { id: 'ncm:rix', rule: 'DUPLICATE' };
    await expectRefusals(offices, 'changeOffice', change, [
      { input: { office: 'ncm:none' }, as: { code: 'NOT_FOUND', argument: 'input.office' } },
      { input: { version: 2 }, as: { code: 'CONFLICT', currentVersion: 1 } },
      { input: latvia, as: { ...twin, argument: 'input.name' } },
      { input: { parent: 'ncm:none' }, as: { code: 'NOT_FOUND', argument: 'input.parent' } },
      { input: { parent: office }, as: bad('input.parent') },
      { input: { parent: invented }, as: rule('REHEARSAL', 'input.parent') },
      { input: { name: null }, as: bad('input.name') },
      { input: { variants: null }, as: bad('input.variants') },
    ]);
    const above = { office: 'ncm:rix', version: 1, ...other };
    await expectRefusals(offices, 'changeOffice', above, [
      { input: { parent: office }, as: bad('input.parent') },
    ]);
    await offices.call('changeOffice', { ...change, name: latvia.name });
    await expectRefusals(offices, 'changeOffice', { ...change, version: 2 }, [
      { input: { city: latvia.city }, as: { ...twin, argument: 'input.city' } },
    ]);
    await offices.call('changeOffice', { ...change, ...latvia, version: 2, isAnother: true });
    await offices.call('closeOffice', { office, closedOn: '2010', version: 3, ...other });
    await expectRefusals(offices, 'changeOffice', { ...change, version: 4 }, [
      { input: { openedOn: '2011-01' }, as: rule('DATE_ORDER', 'input.openedOn') },
    ]);
    expect((await offices.call('changeOffice', { ...change, version: 4 })).refusal).toBeUndefined();
  });

  it('writes one of many changes by the same version', async () => {
    await using offices = await openWrittenOffices(database);
    const office = await register(offices);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        offices.call('changeOffice', { office, note: `Note ${index}`, version: 1, ...other }),
      ),
    );
    expect(outcomes.filter(({ refusal }) => !refusal)).toHaveLength(1);
    for (const { refusal } of outcomes)
      if (refusal) expect(refusal).toMatchObject({ code: 'CONFLICT', currentVersion: 2 });
  });
});

describe.each(testDatabases)('Mutation.closeOffice on $name', (database) => {
  const closed = { office: 'ncm:vno', version: 1, ...stated };
  const openOn = async ({ partner }: WrittenOffices, day: string) => {
    const filter = `{ country: "LT", openOn: "${day}" }`;
    return (await partner.read(`{ offices(filter: ${filter}) { id } }`))['offices'];
  };

  it('closes an office to the day or the year, corrects that, and opens it again', async () => {
    await using offices = await openWrittenOffices(database);
    const close = (version: number, closedOn?: string | null) =>
      offices.call('closeOffice', { ...closed, closedOn, version }, 'closedOn version');
    expect((await close(1, '2009')).value).toEqual({ closedOn: '2009', version: 2 });
    expect(await openOn(offices, '2009-12-31')).toEqual([{ id: 'ncm:vno' }]);
    expect(await openOn(offices, '2010-01-01')).toEqual([]);
    expect((await close(2, '2009-06-30')).value).toEqual({ closedOn: '2009-06-30', version: 3 });
    expect(await openOn(offices, '2009-07-01')).toEqual([]);
    expect((await close(3, null)).value).toEqual({ closedOn: null, version: 4 });
    expect(await openOn(offices, '2999-01-01')).toEqual([{ id: 'ncm:vno' }]);
    expect((await close(4, '2999-01-01')).refusal).toBeUndefined();
  });

  it('refuses a closing before the opening, or by an old version', async () => {
    await using offices = await openWrittenOffices(database);
    await expectRefusals(offices, 'closeOffice', closed, [
      { input: { closedOn: '1990' }, as: rule('DATE_ORDER', 'input.closedOn') },
      { input: { version: 0 }, as: { code: 'CONFLICT', currentVersion: 1 } },
      { input: { office: 'ncm:none' }, as: { code: 'NOT_FOUND', argument: 'input.office' } },
    ]);
  });

  it('lets an office hold what it could not hold while it was closed, and not after', async () => {
    const selected = [nomination('1', 'SELECTED'), nomination('2', 'SELECTED')];
    await using offices = await openWrittenOffices(database, selected);
    const meeting = { group: 'nbnp:g', office: 'ncm:led', kind: 'BRIEFING', on: '2010-01-11' };
    const shut = { ...closed, office: 'ncm:led', closedOn: '2010-01-10' };
    expect((await offices.call('closeOffice', shut)).refusal).toBeUndefined();
    const hold = () => offices.call('recordDelegatesMeeting', meeting);
    expect((await hold()).refusal).toMatchObject(rule('CLOSED', 'input.office'));
    await offices.call('closeOffice', { ...shut, closedOn: null, version: 2 });
    expect(await hold()).toMatchObject({ value: { id: 'nbnp:g' }, refusal: undefined });
  });

  it('prefers no claim about a closing that is withdrawn', async () => {
    await using offices = await openWrittenOffices(database);
    await offices.call('closeOffice', { ...closed, office: 'ncm:kgd', closedOn: null });
    const [claim, ...others] = await claimsOf(offices, 'ncm:kgd');
    expect(claim).toMatchObject({ property: 'closedOn', value: '2015-03-11', preferred: false });
    expect(others).toEqual([]);
  });
});
