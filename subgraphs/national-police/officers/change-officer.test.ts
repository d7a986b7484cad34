import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  badInput,
  calls,
  expectRefusals,
  notThere,
  openWrittenPolice,
  rule,
  type WrittenPolice,
} from '../testing/test-mutations.js';

const stale = { code: 'CONFLICT', currentVersion: 1, argument: 'input.version' };

async function changesOf(police: WrittenPolice, subject: string) {
  const query = `query ($subject: ID!) {
    policeChanges(country: "FI", filter: { subject: $subject }) { nodes { mutation fields } }
  }`;
  const { policeChanges } = await police.read(query, { subject });
  return (policeChanges as { nodes: readonly unknown[] }).nodes[0];
}

describe.each(testDatabases)('Mutation.changeOfficer on $name', (kind) => {
  it('changes what is given, removes what is null, and keeps what is left out', async () => {
    await using police = await openWrittenPolice(kind);
    const query = `{ officer(id: "fi:demo-officer-5") { ${calls.changeOfficer.answer} } }`;
    const { officer: before } = await police.read(query);
    const changed = {
      ...(before as object),
      rank: 'Inspector',
      languages: ['ru', 'fi'],
      version: 2,
    };
    expect(await police.write('changeOfficer')).toEqual(changed);
    expect(await police.read(query)).toEqual({ officer: changed });
    expect(await changesOf(police, 'fi:demo-officer-5')).toEqual({
      mutation: 'changeOfficer',
      fields: ['languages', 'rank', 'version'],
    });
    const again = { email: null, rank: null, name: 'Uusi Nimi', targetGroup: 'COURT', version: 2 };
    expect(
      await police.write('changeOfficer', { ...again, unit: 'fi:npb', languages: [] }),
    ).toMatchObject({ ...again, unit: { id: 'fi:npb' }, languages: [], version: 3 });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    await police.read('mutation { eraseOfficer(id: "fi:demo-officer-2") }');
    await expectRefusals(police, 'changeOfficer', [
      ['no such officer', { officer: 'fi:nobody' }, notThere('officer')],
      ['a unit of Sweden’s', { unit: 'se:npb' }, notThere('unit')],
      ['what was read before another change', { version: 2 }, { ...stale }],
      ['an empty name', { name: ' ' }, badInput('name')],
      ['no name', { name: null }, badInput('name')],
      ['no unit', { unit: null }, badInput('unit')],
      ['no target group', { targetGroup: null }, badInput('targetGroup')],
      ['an empty rank', { rank: '' }, badInput('rank')],
      ['no list of languages', { languages: null }, badInput('languages')],
      ['a language twice', { languages: ['fi', 'fi'] }, badInput('languages')],
      ['somebody erased', { officer: 'fi:demo-officer-2', version: 2 }, rule('ERASED', 'officer')],
    ]);
  });
});

describe.each(testDatabases)('Mutation.changeExpert on $name', (kind) => {
  it('changes what is given, removes what is null, and keeps what is left out', async () => {
    await using police = await openWrittenPolice(kind);
    const changed = {
      id: 'fi:lent',
      name: 'Lauri Lainattu',
      email: null,
      unit: { id: 'fi:npb' },
      country: 'FI',
      roles: ['EXPERT'],
      languages: ['fi'],
      fields: ['HEALTH', 'NGO'],
      version: 2,
    };
    expect(await police.write('changeExpert')).toEqual(changed);
    expect(await changesOf(police, 'fi:lent')).toEqual({
      mutation: 'changeExpert',
      fields: ['email', 'fields', 'version'],
    });
    const again = { name: 'Uusi Nimi', roles: ['INTERPRETER'], languages: ['ru'], fields: [] };
    const { email: _, ...kept } = changed;
    expect(
      await police.write('changeExpert', { ...again, email: 'uusi@example.org', version: 2 }),
    ).toEqual({ ...kept, ...again, email: 'uusi@example.org', version: 3 });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    await expectRefusals(police, 'changeExpert', [
      ['no such expert', { expert: 'fi:nobody' }, notThere('expert')],
      ['a unit of Sweden’s', { unit: 'se:npb' }, notThere('unit')],
      ['what was read before another change', { version: 2 }, { ...stale }],
      ['no name', { name: null }, badInput('name')],
      ['an empty name', { name: '' }, badInput('name')],
      ['no unit', { unit: null }, badInput('unit')],
      ['no role', { roles: [] }, badInput('roles')],
      ['no list of roles', { roles: null }, badInput('roles')],
      ['a language twice', { languages: ['fi', 'fi'] }, badInput('languages')],
      ['a field twice', { fields: ['NGO', 'NGO'] }, badInput('fields')],
    ]);
    await police.read('mutation { eraseExpert(id: "fi:lent") }');
    await expectRefusals(police, 'changeExpert', [
      ['somebody erased', { version: 2 }, rule('ERASED', 'expert')],
    ]);
  });
});
