import { describe, expect, it } from 'vitest';
import { plannedGroup } from '../testing/planned-group.js';
import { deriveWarnings, type WarningFacts } from './derive-warnings.js';

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
};

const doneNordic: WarningFacts = {
  ...done,
  direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
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

  it.each([
    [{ plannedSize: 9 }, 'The planned size is 9; the programme’s groups have 10 to 15 members.'],
    [{ plannedSize: 18 }, 'The planned size is 18; the programme’s groups have 10 to 15 members.'],
    [
      { delegatesBriefedOn: null },
      'The group departed without the briefing that is due before a visit to the Nordic countries.',
    ],
    [{ delegatesDebriefedOn: null }, 'The group has returned and has not met for its debriefing.'],
    [
      { delegateReportsReceived: 9 },
      'The group has returned, and 3 of 12 reports are outstanding.',
    ],
    [
      { delegateCount: 8, delegateReportsReceived: 8 },
      'The group departed with 8 members; the programme’s groups have 10 at least.',
    ],
  ])('reports what is missing: %j', (facts, warning) => {
    expect(deriveWarnings({ ...done, ...facts })).toEqual([warning]);
  });

  it('reports open formalities before the departure, and none that are unknown', () => {
    const planned = { ...done, hasDeparted: false, hasReturned: false, delegatesBriefedOn: null };
    const warn = (delegateFormalitiesOpen: number | null) =>
      deriveWarnings({ ...planned, delegateFormalitiesOpen });
    expect(warn(2)).toEqual([
      'The group has not departed, and 2 formalities of its members are open.',
    ]);
    expect([warn(0), warn(null)]).toEqual([[], []]);
    expect(deriveWarnings({ ...done, delegateFormalitiesOpen: 2 })).toEqual([]);
  });

  it('counts the members who missed the briefing, before the departure alone', () => {
    const ahead = { ...done, hasDeparted: false, hasReturned: false };
    const warn = (missedBriefing: number | null, more: object = {}) =>
      deriveWarnings({ ...ahead, ...more, missedBriefing });
    expect(warn(2)).toEqual([
      'The group has not departed, and 2 of 12 members missed the briefing.',
    ]);
    expect([warn(0), warn(null), warn(2, { hasDeparted: true })]).toEqual([[], [], []]);
    expect(warn(2, { cancelledOn: '2026-10-01' })).toEqual([]);
  });

  it('expects a debriefing of a Nordic-Baltic group, but no briefing', () => {
    expect(deriveWarnings({ ...doneNordic, debriefedOn: null })).toEqual([
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
    expect(deriveWarnings({ ...done, ...unknown })).toEqual([]);
    expect(deriveWarnings({ ...done, plannedSize: 3, cancelledOn: '2026-10-01' })).toEqual([]);
  });
});
