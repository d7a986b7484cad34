import { HubError } from '@hub/shared/errors';
import { testDatabases } from '@hub/shared/testing';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { OfficerTravelNeeds } from '../entities/officer-travel-needs.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { SharedContact } from '../entities/shared-contact.entity.js';
import { expectRefusals, notThere, openWrittenPolice, rule } from '../testing/test-mutations.js';

const officerId = 'fi:mistaken';
const groupId = 'nbnp:g';
const on = '2026-02-01';

type Reference = readonly [name: string, entity: EntityTarget<ObjectLiteral>, row: object];

const toOfficer: readonly Reference[] = [
  [
    'OfficerNomination',
    OfficerNomination,
    { id: 'fi:n', officerId, groupId, nominatedOn: on, withdrawnOn: on },
  ],
  [
    'OfficerFormality',
    OfficerFormality,
    { officerId, groupId, kind: 'VISA', status: 'REFUSED', on },
  ],
  [
    'ParticipantReport',
    ParticipantReport,
    { id: 'fi:r', officerId, groupId, visitId: 'nbnp:t', receivedOn: on, text: 'It.' },
  ],
];
const stale = { code: 'CONFLICT', currentVersion: 1, argument: 'input.version' };

describe.each(testDatabases)('Mutation.removeOfficer on $name', (kind) => {
  it('removes an officer with her languages and travel needs, and leaves no name', async () => {
    await using police = await openWrittenPolice(kind);
    await police.source.manager.insert(OfficerTravelNeeds, {
      officerId,
      diet: 'No nuts',
      setOn: on,
    });
    await police.source.manager.insert(SharedContact, {
      id: 'fi:shared',
      officerId,
      with: 'NETWORK',
      workAddress: 'ossi@example.org',
      givenOn: on,
      until: '2040-01-01',
    });
    expect(await police.write('removeOfficer')).toBe(true);
    const { officer } = await police.read(`{ officer(id: "${officerId}") { id } }`);
    expect(officer).toBeNull();
    const rows = (await police.readTables()).join('\n');
    expect(rows).not.toContain('Ossi Erehdys');
    expect(rows).not.toContain('No nuts');
    expect(rows).not.toContain('ossi@example.org');
    const query = `{ policeChanges(country: "FI", filter: { subject: "${officerId}" }) {
      nodes { mutation } } }`;
    expect(await police.read(query)).toEqual({
      policeChanges: { nodes: [{ mutation: 'removeOfficer' }] },
    });
  });

  it('has a case for each entity that refers to an officer or an expert', async () => {
    await using police = await openWrittenPolice(kind);
    const referring = (column: string) =>
      police.source.entityMetadatas
        .filter(({ ownColumns }) => ownColumns.some(({ propertyName }) => propertyName === column))
        .map(({ name }) => name)
        .toSorted();
    const own = ['OfficerLanguage', 'OfficerTravelNeeds', 'SharedContact'];
    expect(referring('officerId')).toEqual([...toOfficer.map(([name]) => name), ...own].toSorted());
    const parts = ['ExpertField', 'ExpertLanguage', 'ExpertRole'];
    expect(referring('expertId')).toEqual(['ExpertLoan', ...parts].toSorted());
  });

  it.each(toOfficer)('refuses while an %s refers to her', async (_name, entity, row) => {
    await using police = await openWrittenPolice(kind);
    await police.source.manager.insert(entity, { ...row });
    await expectRefusals(police, 'removeOfficer', [
      ['a reference', {}, rule('REFERRED_TO', 'officer')],
      ['another version', { version: 2 }, stale],
      ['nobody', { officer: 'fi:nobody' }, notThere('officer')],
      ['an id with NUL', { officer: 'fi:\0' }, notThere('officer')],
    ]);
  });
});

describe.each(testDatabases)('Mutation.removeExpert on $name', (kind) => {
  it('removes an expert for whom nobody has asked, and leaves no name', async () => {
    await using police = await openWrittenPolice(kind);
    expect(await police.write('removeExpert')).toBe(true);
    expect((await police.readTables()).join('\n')).not.toContain('Erkki Erehdys');
  });

  it('refuses while the network asks for her, or is unavailable, or a loan was decided', async () => {
    await using police = await openWrittenPolice(kind);
    const expert = `expert ${officerId}`;
    await expectRefusals(police, 'removeExpert', [
      [
        'an assignment',
        {},
        rule('REFERRED_TO', 'expert'),
        { [expert]: { assignments: [{ id: 'nbnp:a' }] } },
      ],
      [
        'an unavailable network',
        {},
        { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' },
        { [expert]: new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' }) },
      ],
      [
        'an unknown answer',
        {},
        { code: 'PARTNER_UNAVAILABLE' },
        { [expert]: { assignments: null } },
      ],
      ['another version', { version: 2 }, stale],
      ['nobody', { expert: 'fi:nobody' }, notThere('expert')],
    ]);
    const loan = { assignmentId: 'nbnp:old', expertId: officerId, loanGranted: false };
    await police.source.manager.insert(ExpertLoan, { ...loan, loanDecidedOn: on });
    await expectRefusals(police, 'removeExpert', [
      ['a decision on a loan', {}, rule('REFERRED_TO', 'expert')],
    ]);
  });
});
