import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import {
  badInput,
  calls,
  expectRefusals,
  notThere,
  openWrittenPolice,
} from '../testing/test-mutations.js';
import { unitRow } from '../testing/test-rows.js';

const { unit, ...officer } = calls.registerOfficer.input;
const { unit: _, ...expert } = calls.registerExpert.input;

const badNames = [
  ['no name', { name: '' }],
  ['a name of spaces', { name: ' \t' }],
  ['a name with NUL', { name: 'a\0' }],
  ['a name without end', { name: 'x'.repeat(501) }],
] as const;

describe.each(testDatabases)('Mutation.registerOfficer on $name', (kind) => {
  it('adds an officer, who can be found', async () => {
    await using police = await openWrittenPolice(kind);
    const registered = await police.write('registerOfficer');
    expect(registered).toEqual({
      ...officer,
      id: expect.stringMatching(/^fi:[0-9a-f-]{36}$/),
      unit: { id: unit },
      country: 'FI',
      version: 1,
    });
    const { officer: found } = await police.read(
      `query ($id: ID!) { officer(id: $id) { ${calls.registerOfficer.answer} } }`,
      { id: registered.id },
    );
    expect(found).toEqual(registered);
  });

  it('accepts an officer with few details, in a unit that has ended', async () => {
    await using police = await openWrittenPolice(kind);
    const ended = unitRow({ id: 'fi:ended', country: 'FI', validTo: '2001' });
    await police.source.manager.insert(PoliceUnit, ended);
    const little = { unit: 'fi:ended', email: null, rank: null, languages: [] };
    const registered = await police.write('registerOfficer', little);
    expect(registered).toMatchObject({ ...little, unit: { id: 'fi:ended' } });
  });

  it('refuses another police force’s unit and an invalid officer, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    const foreign = unitRow({ id: 'fi:abroad', country: 'SE' });
    await police.source.manager.insert(PoliceUnit, foreign);
    await expectRefusals(police, 'registerOfficer', [
      ['a unit of Sweden’s', { unit: 'se:npb' }, notThere('unit')],
      ['a unit abroad', { unit: 'fi:abroad' }, notThere('unit')],
      ['no unit', { unit: 'fi:\0' }, notThere('unit')],
      ...badNames.map(([what, change]) => [what, change, badInput('name')] as const),
      ['no rank', { rank: '' }, badInput('rank')],
      ['a language twice', { languages: ['fi', 'fi'] }, badInput('languages')],
    ]);
  });
});

describe.each(testDatabases)('Mutation.registerExpert on $name', (kind) => {
  it('adds an expert, with roles, languages and fields as given', async () => {
    await using police = await openWrittenPolice(kind);
    const registered = await police.write('registerExpert');
    expect(registered).toEqual({
      ...expert,
      id: expect.stringMatching(/^fi:[0-9a-f-]{36}$/),
      unit: { id: unit },
      country: 'FI',
      version: 1,
    });
    const { experts } = await police.read(
      `{ experts(filter: { role: INTERPRETER, language: "ru", field: HEALTH }) { nodes { ${calls.registerExpert.answer} } } }`,
    );
    expect(experts).toEqual({ nodes: [registered] });
  });

  it('accepts an expert without languages and fields', async () => {
    await using police = await openWrittenPolice(kind);
    const little = { email: null, roles: ['SUPPORT_PERSON'], languages: [], fields: [] };
    expect(await police.write('registerExpert', little)).toMatchObject(little);
  });

  it('refuses another police force’s unit and an invalid expert, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    await expectRefusals(police, 'registerExpert', [
      ['a unit of Sweden’s', { unit: 'se:npb' }, notThere('unit')],
      ...badNames.map(([what, change]) => [what, change, badInput('name')] as const),
      ['no role', { roles: [] }, badInput('roles')],
      ['a role twice', { roles: ['EXPERT', 'EXPERT'] }, badInput('roles')],
      ['a language twice', { languages: ['ru', 'ru'] }, badInput('languages')],
      ['a field twice', { fields: ['NGO', 'NGO'] }, badInput('fields')],
    ]);
  });
});
