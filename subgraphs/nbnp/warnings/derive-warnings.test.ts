import { anonymous, type Reader } from '@hub/shared/identity';
import { readerOf } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { countMembers } from '../groups/derive-group-state.js';
import { plannedGroup } from '../testing/planned-group.js';
import { deriveWarnings, keepShown, type WarningFacts } from './derive-warnings.js';
import type { Warning } from './warning.js';

/** A group that has returned, with a debriefing and all reports. */
const done: WarningFacts = {
  ...plannedGroup,
  hasDeparted: true,
  hasReturned: true,
  delegateCount: 12,
  delegateNominationCount: 12,
  delegatesSelectedOn: '2026-09-14',
  delegatesBriefedOn: '2026-11-09',
  delegatesDebriefedOn: '2026-12-10',
  delegateReportsReceived: 12,
  missedBriefing: null,
  visasRefused: null,
  haveOfficesClosed: false,
  id: 'nbnp:group',
  departsOn: '2026-11-20',
  isSoon: false,
  journeyDays: 7,
  plannedDays: 7,
  overdue: null,
  closesOn: '2029-12-31',
};

/** The values that most warnings lack. */
const bare = {
  subject: 'nbnp:group',
  owner: null,
  dueOn: null,
  count: null,
  expected: null,
  deadline: null,
};

const textsOf = (facts: WarningFacts) => deriveWarnings(facts).map(({ message }) => message);

const doneNordic: WarningFacts = {
  ...done,
  sides: { direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA' },
  acceptedOfficers: 11,
  debriefedOn: '2025-04-02',
  delegateCount: 0,
  delegatesBriefedOn: null,
  delegatesDebriefedOn: null,
  delegateReportsReceived: 0,
  officerReportsReceived: 11,
};

describe('Group.warnings', () => {
  it('has no warning for a group that did what is expected', () => {
    expect(deriveWarnings(done)).toEqual([]);
    expect(deriveWarnings(doneNordic)).toEqual([]);
  });

  it.each<[Partial<WarningFacts>, Partial<Warning>]>([
    [
      { hasReturned: false, overdue: { visitId: 'nbnp:visit', dueOn: '2026-12-27' } },
      {
        code: 'RETURN_OVERDUE',
        message:
          'Nobody has recorded a return from a visit whose planned end was more than 30 days ago.',
        subject: 'nbnp:visit',
        owner: 'nbnp',
        dueOn: '2026-12-27',
      },
    ],
    [
      {
        delegateCount: 0,
        delegateReportsReceived: 0,
        hasDeparted: false,
        hasReturned: false,
        isSoon: true,
      },
      {
        code: 'NO_MEMBER',
        message: 'A visit begins within 30 days or has begun, and the group has no member.',
        owner: 'ncm',
        dueOn: '2026-11-20',
      },
    ],
    [
      {
        delegateCount: 5,
        delegateReportsReceived: 5,
        groupSizeMin: 10,
        hasDeparted: false,
        hasReturned: false,
        isSoon: true,
      },
      {
        code: 'MEMBERS_TOO_FEW',
        message:
          'A visit begins within 30 days or has begun, and the group has 5 members and needs at least 10.',
        owner: 'ncm',
        dueOn: '2026-11-20',
        count: 5,
        expected: 10,
      },
    ],
    [
      { journeyDays: 8 },
      {
        code: 'LONGER_THAN_PLANNED',
        message: 'The visits last 8 days; the programme plans 7 for the groups that go this way.',
        owner: 'nbnp',
        count: 8,
        expected: 7,
      },
    ],
    [
      { delegateCount: 13, delegateReportsReceived: 13 },
      {
        code: 'MORE_MEMBERS_THAN_PLANNED',
        message: 'The group has 13 members; 12 are planned.',
        owner: 'nbnp',
        count: 13,
        expected: 12,
      },
    ],
    [
      {
        plannedSize: 9,
        delegateCount: 9,
        delegateReportsReceived: 9,
        groupSizeMin: 10,
        absentees: 0,
        hasDeparted: false,
        hasReturned: false,
      },
      {
        code: 'PLANNED_TOO_FEW',
        message: 'The planned size is 9; the programme’s groups have at least 10 members.',
        owner: 'nbnp',
        count: 9,
        expected: 10,
      },
    ],
    [
      { plannedSize: 18 },
      {
        code: 'PLANNED_TOO_MANY',
        message: 'The planned size is 18; the programme’s groups have at most 15 members.',
        owner: 'nbnp',
        count: 18,
        expected: 15,
      },
    ],
    [
      { delegatesBriefedOn: null },
      {
        code: 'BRIEFING_MISSING',
        message: 'The group departed without the briefing that it needed.',
        owner: 'ncm',
      },
    ],
    [
      { delegatesDebriefedOn: null },
      {
        code: 'DEBRIEFING_MISSING',
        message: 'The group has returned and has not met for its debriefing.',
        owner: 'ncm',
        dueOn: '2029-12-31',
      },
    ],
    [
      { delegateReportsReceived: 9 },
      {
        code: 'REPORTS_OUTSTANDING',
        message: 'The group has returned, and 3 of 12 reports are outstanding.',
        owner: 'ncm',
        dueOn: '2029-12-31',
        count: 3,
        expected: 12,
      },
    ],
    [
      { delegateCount: 8, delegateReportsReceived: 8 },
      {
        code: 'DEPARTED_TOO_FEW',
        message: 'The group departed with 8 members; the programme’s groups have at least 10.',
        count: 8,
        expected: 10,
      },
    ],
  ])('reports what is missing: %j', (facts, warning) => {
    expect(deriveWarnings({ ...done, ...facts })).toEqual([{ ...bare, ...warning }]);
  });

  it('warns of nobody only while a visit is near, and of no length that nobody planned', () => {
    const empty = { ...done, hasDeparted: false, hasReturned: false, delegateCount: 0 };
    expect(deriveWarnings(empty)).toEqual([]);
    expect(deriveWarnings({ ...empty, isSoon: true, delegateCount: null })).toEqual([]);
    expect(deriveWarnings({ ...done, journeyDays: 99, plannedDays: null })).toEqual([]);
    const few = { ...empty, delegateCount: 5, groupSizeMin: 10 };
    expect(deriveWarnings(few)).toEqual([]);
    expect(deriveWarnings({ ...few, isSoon: true, delegateCount: 10 })).toEqual([]);
  });

  it('reports open formalities before the departure, and none that are unknown', () => {
    const planned = { ...done, hasDeparted: false, hasReturned: false, delegatesBriefedOn: null };
    const warn = (delegateFormalitiesOpen: number | null) =>
      textsOf({ ...planned, delegateFormalitiesOpen });
    expect(warn(2)).toEqual([
      'The group has not departed, and 2 formalities of its members are open.',
    ]);
    expect([warn(0), warn(null)]).toEqual([[], []]);
    expect(textsOf({ ...done, delegateFormalitiesOpen: 2 })).toEqual([]);
    expect(deriveWarnings({ ...planned, delegateFormalitiesOpen: 2 })).toMatchObject([
      { code: 'FORMALITIES_OPEN', owner: 'ncm', dueOn: '2026-11-20', count: 2 },
    ]);
  });

  it('counts the members who missed the briefing, before the departure alone', () => {
    const ahead = { ...done, hasDeparted: false, hasReturned: false };
    const warn = (missedBriefing: number | null, more: object = {}) =>
      textsOf({ ...ahead, ...more, missedBriefing });
    expect(warn(2)).toEqual([
      'The group has not departed, and 2 of 12 members missed the briefing.',
    ]);
    expect(deriveWarnings({ ...ahead, missedBriefing: 2 })).toMatchObject([
      { code: 'BRIEFING_MISSED', owner: 'ncm', dueOn: '2026-11-20', count: 2, expected: 12 },
    ]);
    expect([warn(0), warn(null), warn(2, { hasDeparted: true })]).toEqual([[], [], []]);
    expect(warn(2, { cancelledOn: '2026-10-01' })).toEqual([]);
  });

  it('expects a debriefing of a Nordic-Baltic group, but no briefing', () => {
    expect(textsOf({ ...doneNordic, debriefedOn: null })).toEqual([
      'The group has returned and has not met for its debriefing.',
    ]);
  });

  it('has no warning for what is not due yet, unknown, or cancelled', () => {
    const travelling = {
      ...done,
      hasReturned: false,
      delegatesDebriefedOn: null,
      delegateReportsReceived: 0,
    };
    expect(deriveWarnings(travelling)).toEqual([]);
    const unknown = {
      delegateCount: null,
      delegatesBriefedOn: null,
      delegatesDebriefedOn: null,
      delegateReportsReceived: null,
    };
    expect(textsOf({ ...done, ...unknown })).toEqual([]);
    expect(textsOf({ ...done, plannedSize: 3, cancelledOn: '2026-10-01' })).toEqual([]);
  });
});

describe('keepShown', () => {
  const codesFor = (facts: WarningFacts, reader: Reader) =>
    keepShown(deriveWarnings(facts), countMembers(facts), {
      reader,
      partner: 'nbnp',
      countThreshold: 5,
    }).map(({ code }) => code);
  const travelled = { ...done, delegateCount: 12, groupSizeMin: 20, groupSizeMax: 30 };

  it('leaves out each small number of people, and each that is near the number of members', () => {
    for (let absentees = 0; absentees <= 12; absentees += 1)
      for (let received = 0; received <= 12 - absentees; received += 1) {
        const facts = {
          ...travelled,
          plannedSize: 20,
          absentees,
          delegateReportsReceived: received,
        };
        const travellers = 12 - absentees;
        // Everybody may read that there are twelve members.
        const isOpen = travellers >= 5 && (absentees === 0 || absentees >= 5);
        const outstanding = travellers - received;
        const place = `${absentees} absent, ${received} received`;
        for (const reader of [anonymous, readerOf('dk', 'analyst'), readerOf('nbnp', 'auditor')])
          expect(codesFor(facts, reader), place).toEqual([
            ...(isOpen ? ['DEPARTED_TOO_FEW'] : []),
            ...(isOpen && outstanding >= 5 ? ['REPORTS_OUTSTANDING'] : []),
          ]);
        expect(codesFor(facts, readerOf('nbnp', 'coordinator')), place).toEqual([
          'DEPARTED_TOO_FEW',
          ...(outstanding > 0 ? ['REPORTS_OUTSTANDING'] : []),
        ]);
      }
  });
});
