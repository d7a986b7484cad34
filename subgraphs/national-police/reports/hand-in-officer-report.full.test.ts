import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import {
  accepted,
  badInput,
  expectRefusals,
  group,
  notThere,
  open,
  openWrittenPolice,
  refusalOf,
  rule,
  travelled,
  type Facts,
  type WrittenPolice,
} from '../testing/test-mutations.js';

const ofVisit = (change: object): Facts => ({ 'visit nbnp:t': { ...travelled, ...change } });
const nominated = (...nominations: readonly object[]): Facts => ({
  'officer fi:demo-officer-5': { nominations },
});
const evaluated: Facts = { 'programme nbnp:p': { evaluation: { status: 'COMPLETE' } } };

const readReceived = async (police: WrittenPolice) => {
  const [counted] = await police.entities(
    [{ __typename: 'Group', id: 'nbnp:g' }],
    '... on Group { officerReportsReceived }',
  );
  return counted?.['officerReportsReceived'];
};

const absentFrom = (from: string): Facts =>
  ofVisit({
    group: {
      ...travelled.group,
      absences: [{ participant: { id: 'fi:demo-officer-5' }, visit: { id: 'nbnp:t' }, from }],
    },
  });

describe.each(testDatabases)('NOT_TRAVELLED on $name', (kind) => {
  it('refuses a report of a reserve, or of an officer who was absent from the first day', async () => {
    await using police = await openWrittenPolice(kind);
    await expectRefusals(police, 'handInOfficerReport', [
      ['absent from the first day', {}, rule('NOT_TRAVELLED', 'officer'), absentFrom('2026-05-04')],
      [
        'a reserve',
        {},
        rule('NOT_TRAVELLED', 'officer'),
        nominated({ ...accepted, reserve: true }),
      ],
    ]);
    Object.assign(police.facts, absentFrom('2026-05-05'));
    await police.write('handInOfficerReport');
  });
});

describe.each(testDatabases)('Mutation.handInOfficerReport on $name', (kind) => {
  it('adds a report, which becomes the officer’s latest', async () => {
    await using police = await openWrittenPolice(kind);
    const report = await police.write('handInOfficerReport');
    expect(report).toEqual({
      id: expect.stringMatching(/^fi:/),
      group: 'nbnp:g',
      visit: 'nbnp:t',
      receivedOn: '2026-05-20',
      text: 'What the week showed.',
    });
    const { officer } = await police.read(
      '{ officer(id: "fi:demo-officer-5") { report { id group visit receivedOn text } } }',
    );
    expect(officer).toEqual({ report });
  });

  it('keeps each report of a visit and counts the officer once', async () => {
    await using police = await openWrittenPolice(kind);
    await police.write('handInOfficerReport');
    const later = await police.write('handInOfficerReport', { on: '2026-05-21', text: 'More.' });
    expect(await readReceived(police)).toBe(1);
    expect(await police.source.manager.countBy(ParticipantReport, { visitId: 'nbnp:t' })).toBe(2);
    const { officer } = await police.read('{ officer(id: "fi:demo-officer-5") { report { id } } }');
    expect(officer).toEqual({ report: { id: later.id } });
  });

  it('accepts a further report while nobody has begun an evaluation', async () => {
    await using police = await openWrittenPolice(kind);
    Object.assign(police.facts, { 'programme nbnp:p': { evaluation: null } });
    await police.write('handInOfficerReport');
    await police.write('handInOfficerReport', { on: '2026-05-21', text: 'More.' });
    expect(await police.source.manager.countBy(ParticipantReport, { visitId: 'nbnp:t' })).toBe(2);
  });

  it('accepts a first report after the evaluation, and no further one', async () => {
    await using police = await openWrittenPolice(kind);
    Object.assign(police.facts, evaluated);
    await police.write('handInOfficerReport', { on: '2029-06-30' });
    await expectRefusals(police, 'handInOfficerReport', [
      ['one more', { on: '2029-06-30' }, rule('EVALUATED', 'visit')],
      [
        'a further report while the evaluation is unknown',
        { on: '2029-06-30' },
        { code: 'PARTNER_UNAVAILABLE' },
        { 'programme nbnp:p': { evaluation: { status: null } } },
      ],
    ]);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    await police.read('mutation { eraseOfficer(id: "fi:demo-officer-2") }');
    const released = { ...accepted, declinedOn: '2026-04-30' };
    await expectRefusals(police, 'handInOfficerReport', [
      ['no such officer', { officer: 'fi:nobody' }, notThere('officer')],
      ['no such visit', { visit: 'nbnp:nowhere' }, notThere('visit')],
      ['another group’s visit', { group: 'nbnp:demo-group-2' }, notThere('visit')],
      ['no text', { text: '\n' }, badInput('text')],
      ['a text without end', { text: 'x'.repeat(20_001) }, badInput('text')],
      [
        'somebody erased',
        { officer: 'fi:demo-officer-2' },
        rule('ERASED', 'officer'),
        { 'officer fi:demo-officer-2': { nominations: [accepted] } },
      ],
      ['a nominee', {}, rule('NOT_TRAVELLED', 'officer'), nominated(open)],
      ['nobody of the group', {}, rule('NOT_TRAVELLED', 'officer'), nominated()],
      ['who was released', {}, rule('NOT_TRAVELLED', 'officer'), nominated(released)],
      [
        'a member of another group',
        {},
        rule('NOT_TRAVELLED', 'officer'),
        nominated({ ...accepted, groupId: 'nbnp:demo-group-2' }),
      ],
      [
        'before the departure',
        {},
        rule('NOT_TRAVELLED', 'visit'),
        ofVisit({ departedOn: null, returnedOn: null }),
      ],
      ['before the return', {}, rule('NOT_RETURNED', 'visit'), ofVisit({ returnedOn: null })],
      ['of a day before the return', { on: '2026-05-08' }, rule('DATE_ORDER', 'on')],
      ['two years after the programme', { on: '2029-07-01' }, rule('TOO_LATE', 'on')],
      [
        'a cancelled group',
        {},
        rule('CANCELLED', 'group'),
        ofVisit({ group: { ...group, cancelledOn: '2026-05-10' } }),
      ],
    ]);
  });

  it('refuses with CONFLICT a second report that arrives together with the first, because the evaluation was not checked', async () => {
    await using police = await openWrittenPolice(kind);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => police.try('handInOfficerReport')),
    );
    const refused = answers.filter(({ errors }) => errors);
    for (const answer of refused) {
      expect(refusalOf(answer)).toMatchObject({ code: 'CONFLICT', argument: 'input.visit' });
    }
    const taken = await police.source.manager.countBy(ParticipantReport, { visitId: 'nbnp:t' });
    expect(taken).toBe(answers.length - refused.length);
    expect(taken).toBeGreaterThan(0);
  });

  it('accepts a report of an officer who was released and accepted again', async () => {
    await using police = await openWrittenPolice(kind);
    const released = { ...accepted, declinedOn: '2026-04-01' };
    Object.assign(police.facts, nominated(released, accepted));
    await police.write('handInOfficerReport', { on: '2026-05-09' });
  });
});
