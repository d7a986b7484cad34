import { bothDatabases, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Expert } from '../entities/expert.entity.js';
import { Hosting } from '../entities/hosting.entity.js';
import { NationalSite } from '../entities/national-site.entity.js';
import { Officer } from '../entities/officer.entity.js';
import {
  expectRefusals,
  notThere,
  openWrittenPolice,
  rule,
  type WrittenPolice,
} from '../testing/test-mutations.js';

const page = { source: 'https://example.org/north', on: '2026-02-01' };

const register = async (police: WrittenPolice, change: object = {}): Promise<string> =>
  (await police.write('registerPoliceUnit', { ...change })).id;

const idsOf = async (police: WrittenPolice, filter: object) => {
  const { policeUnits } = await police.read<{ policeUnits: { id: string }[] }>(
    'query ($filter: PoliceUnitFilter) { policeUnits(filter: $filter) { id } }',
    { filter },
  );
  return policeUnits.map(({ id }) => id);
};

describe.each(testDatabases)('Mutation.registerPoliceUnit on $name', (kind) => {
  it('registers a unit with its page and day, which searches and its parent show', async () => {
    await using police = await openWrittenPolice(kind);
    const unit = await police.write('registerPoliceUnit');
    expect(unit).toMatchObject({
      name: 'Police of the North',
      country: 'FI',
      parent: { id: 'fi:npb' },
      validFrom: '2001',
      source: page.source,
      checkedOn: page.on,
      version: 1,
    });
    expect(await idsOf(police, { search: 'NORTHERN' })).toEqual([unit.id]);
    const { policeUnit } = await police.read<{ policeUnit: { units: { id: string }[] } }>(
      '{ policeUnit(id: "fi:npb") { units { id } } }',
    );
    expect(policeUnit.units).toContainEqual({ id: unit.id });
  });

  it('refuses a unit that stands, with its id, another country and an unknown parent', async () => {
    await using police = await openWrittenPolice(kind);
    const id = await register(police);
    await expectRefusals(police, 'registerPoliceUnit', [
      ['the same', { name: 'POLICE of the  north.' }, { ...rule('DUPLICATE', 'name'), id }],
      ['another country', { name: 'X', country: 'SE' }, notThere('country')],
      ['an unknown parent', { name: 'X', parent: 'fi:nowhere' }, notThere('parent')],
      ['another’s parent', { name: 'X', parent: 'se:npb' }, notThere('parent')],
    ]);
    expect(await register(police, { isAnother: true })).not.toBe(id);
  });
});

describe.each(testDatabases)('Mutation.changePoliceUnit on $name', (kind) => {
  it('changes what is given, and keeps what another page stated as a claim', async () => {
    await using police = await openWrittenPolice(kind);
    const unit = await register(police);
    const next = { source: 'https://example.org/next', on: '2026-03-01' };
    await police.write('changePoliceUnit', { unit, city: 'Helsinki', ...next });
    const { policeUnit } = await police.read(
      `{ policeUnit(id: "${unit}") { name city checkedOn version claims { property value source preferred } } }`,
    );
    expect(policeUnit).toEqual({
      name: 'Police of the North',
      city: 'Helsinki',
      checkedOn: next.on,
      version: 2,
      claims: [{ property: 'city', value: 'Tampere', source: page.source, preferred: false }],
    });
  });

  it('refuses a stale version, an unknown unit, a unit within itself, and an end before its start', async () => {
    await using police = await openWrittenPolice(kind);
    const unit = await register(police);
    const part = await register(police, { name: 'A part', parent: unit });
    const within = { code: 'BAD_USER_INPUT', argument: 'input.parent' };
    await expectRefusals(police, 'changePoliceUnit', [
      ['stale', { unit, version: 2 }, { code: 'CONFLICT', currentVersion: 1 }],
      ['unknown', { unit: 'fi:nowhere' }, notThere('unit')],
      ['itself', { unit, parent: unit }, within],
      ['its part', { unit, parent: part }, within],
    ]);
    const ended = { unit, validTo: '2000', successor: null };
    await expectRefusals(police, 'closePoliceUnit', [
      ['before its start', ended, rule('DATE_ORDER', 'validTo')],
      ['unknown', { unit, successor: 'fi:nowhere' }, notThere('successor')],
    ]);
  });
});

describe.each(bothDatabases)('Mutation.mergePoliceUnits on $name', (kind) => {
  it('moves people, sites, hostings and parts to the unit that stays', async () => {
    await using police = await openWrittenPolice(kind);
    const into = await register(police);
    const unit = 'fi:npb';
    const { manager } = police.source;
    const tables = [Officer, Expert, Hosting, NationalSite] as const;
    const count = async (unitId: string) => {
      const counts: number[] = [];
      for (const table of tables)
        counts.push(
          await manager.countBy<Officer | Expert | Hosting | NationalSite>(table, { unitId }),
        );
      return counts;
    };
    const before = await count(unit);
    const hostings = await manager.find(Hosting, { where: { unitId: unit }, order: { id: 'ASC' } });
    expect(before.every((some) => some > 0)).toBe(true);
    const reason = 'Registered twice.';
    const merged = { unit, into, reason, version: 1, intoVersion: 1 };
    expect(await police.write('mergePoliceUnits', merged)).toEqual({
      id: into,
      version: 2,
      mergedInto: null,
    });
    expect(await count(unit)).toEqual([0, 0, 0, 0]);
    expect(await count(into)).toEqual(before);
    const moved = await manager.find(Hosting, { where: { unitId: into }, order: { id: 'ASC' } });
    expect(moved).toEqual(
      hostings.map((row) =>
        manager.create(Hosting, { ...row, unitId: into, version: row.version + 1 }),
      ),
    );
    const one = await police.read(
      `{ gone: policeUnit(id: "${unit}") { mergedInto { id } units { id } }
         part: policeUnit(id: "fi:ccp") { parent { id } }
         stays: policeUnit(id: "${into}") { parent { id } } }`,
    );
    expect(one).toMatchObject({ gone: { mergedInto: { id: into }, units: [] } });
    expect(one).toMatchObject({ stays: { parent: null } });
    expect(await idsOf(police, {})).not.toContain(unit);
    expect(await idsOf(police, { merged: true })).toContain(unit);
    await expectRefusals(police, 'registerOfficer', [
      ['a merged unit', { unit }, rule('MERGED', 'unit')],
    ]);
    await expectRefusals(police, 'changePoliceUnit', [
      ['a merged unit', { unit, version: 2 }, rule('MERGED', 'unit')],
    ]);
  });

  it('leaves no successor to a unit that is its own', async () => {
    await using police = await openWrittenPolice(kind);
    const unit = await register(police, { name: 'The next one' });
    const into = await register(police);
    await police.write('closePoliceUnit', { unit: into, validTo: '2020', successor: unit });
    const reason = 'Renamed, not closed.';
    const merged = { unit, into, reason, version: 1, intoVersion: 2 };
    expect(await police.write('mergePoliceUnits', merged)).toMatchObject({ version: 3 });
    expect(await police.read(`{ policeUnit(id: "${into}") { version successor { id } } }`)).toEqual(
      { policeUnit: { version: 3, successor: null } },
    );
  });

  it('refuses a unit that would succeed itself, at once or by another one', async () => {
    await using police = await openWrittenPolice(kind);
    const [unit, other] = [await register(police, { name: 'One' }), await register(police)];
    const close = { unit, validTo: '2020', version: 1 };
    const refused = { code: 'BAD_USER_INPUT', argument: 'input.successor' };
    await expectRefusals(police, 'closePoliceUnit', [
      ['itself', { ...close, successor: unit }, refused],
    ]);
    await police.write('closePoliceUnit', { unit: other, validTo: '2020', successor: unit });
    await expectRefusals(police, 'closePoliceUnit', [
      ['one that it succeeds', { ...close, successor: other }, refused],
    ]);
  });
});
