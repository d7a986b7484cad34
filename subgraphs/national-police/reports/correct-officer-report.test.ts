import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  badInput,
  expectRefusals,
  group,
  notThere,
  openWrittenPolice,
  rule,
  travelled,
  type Facts,
} from '../testing/test-mutations.js';

const evaluated: Facts = { 'programme nbnp:p': { evaluation: { status: 'COMPLETE' } } };
const cancelled: Facts = {
  'visit nbnp:t': { ...travelled, group: { ...group, cancelledOn: '2026-05-10' } },
};

describe.each(testDatabases)('Mutation.correctOfficerReport on $name', (kind) => {
  it('corrects the latest report of the visit, and records it', async () => {
    await using police = await openWrittenPolice(kind);
    const report = await police.write('handInOfficerReport');
    const text = 'What the week really showed.';
    const corrected = { ...report, receivedOn: '2026-05-21', text };
    expect(await police.write('correctOfficerReport')).toEqual(corrected);
    const { officer, policeChanges } = await police.read(
      `query ($id: ID!) { officer(id: "fi:demo-officer-5") { report { id receivedOn text } }
        policeChanges(country: "FI", filter: { subject: $id }, first: 1) { nodes { mutation fields } } }`,
      { id: report.id },
    );
    expect(officer).toEqual({ report: { id: report.id, receivedOn: '2026-05-21', text } });
    expect(policeChanges).toEqual({
      nodes: [{ mutation: 'correctOfficerReport', fields: ['receivedOn', 'text', 'version'] }],
    });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    await expectRefusals(police, 'correctOfficerReport', [['no report', {}, notThere('visit')]]);
    await police.write('handInOfficerReport');
    await expectRefusals(police, 'correctOfficerReport', [
      ['no such officer', { officer: 'fi:nobody' }, notThere('officer')],
      ['no such visit', { visit: 'nbnp:nowhere' }, notThere('visit')],
      ['no text', { text: ' ' }, badInput('text')],
      ['before the report', { on: '2026-05-19' }, rule('DATE_ORDER', 'on')],
      ['a cancelled group', {}, rule('CANCELLED', 'group'), cancelled],
      ['an evaluated programme', {}, rule('EVALUATED', 'visit'), evaluated],
    ]);
  });
});
