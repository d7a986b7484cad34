import { describe, expect, it } from 'vitest';
import { Direction, GroupState } from '../entities/vocabulary.js';
import { plannedGroup } from '../testing/planned-group.js';
import {
  countMembers,
  countReports,
  deriveGroupState,
  isStateCertain,
  type GroupFacts,
} from './derive-group-state.js';

type Step = readonly [reached: GroupState, recorded: Partial<GroupFacts>];

/** The records step by step, and the state after each step. */
const steps: Readonly<Record<Direction, readonly Step[]>> = {
  NORTH_WEST_RUSSIA_TO_NORDIC: [
    ['PLANNED', {}],
    ['NOMINATED', { delegateNominationCount: 12 }],
    ['NOMINATED', { delegateCount: 9, delegatesSelectedOn: '2026-09-10' }],
    ['SELECTED', { delegateCount: 10, delegatesSelectedOn: '2026-09-14' }],
    ['BRIEFED', { delegatesBriefedOn: '2026-11-09' }],
    ['TRAVELLING', { hasDeparted: true }],
    ['RETURNED', { hasReturned: true }],
    ['DEBRIEFED', { delegatesDebriefedOn: '2026-12-10' }],
    ['DEBRIEFED', { delegateReportsReceived: 9 }],
    ['REPORTED', { delegateReportsReceived: 10 }],
    ['REPORTED', { isSignedByNetwork: true }],
    ['EVALUATED', { officeSignatureCount: 1 }],
  ],
  NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA: [
    ['PLANNED', {}],
    ['NOMINATED', { officerNominationCount: 12 }],
    ['NOMINATED', { acceptedOfficers: 9, officersAcceptedOn: '2024-09-30' }],
    ['SELECTED', { acceptedOfficers: 10, officersAcceptedOn: '2024-10-01' }],
    ['BRIEFED', { briefedOn: '2025-02-20' }],
    ['TRAVELLING', { hasDeparted: true }],
    ['RETURNED', { hasReturned: true }],
    ['DEBRIEFED', { debriefedOn: '2025-04-02' }],
    ['DEBRIEFED', { officerReportsReceived: 9 }],
    ['REPORTED', { officerReportsReceived: 10 }],
    ['REPORTED', { officeSignatureCount: 1 }],
    ['EVALUATED', { isSignedByNetwork: true }],
  ],
};

const directions = Object.values(Direction);

/** The facts after each step. */
const story = (direction: Direction): (readonly [GroupState, GroupFacts])[] => {
  let facts: GroupFacts = { ...plannedGroup, sides: { direction } };
  return steps[direction].map(([reached, recorded]) => {
    facts = { ...facts, ...recorded };
    return [reached, facts] as const;
  });
};

const officesAway = {
  delegateCount: null,
  delegateNominationCount: null,
  delegatesSelectedOn: null,
  delegatesBriefedOn: null,
  delegatesDebriefedOn: null,
  delegateReportsReceived: null,
  officeSignatureCount: null,
};
const aPoliceAway = { officerNominationCount: null, officerReportsReceived: null };

const order = Object.values(GroupState);

describe.each(directions)('Group.state %s', (direction) => {
  it('follows what is recorded from plan to evaluation', () => {
    for (const [reached, facts] of story(direction)) {
      expect(deriveGroupState(facts)).toBe(reached);
      expect(isStateCertain(facts)).toBe(true);
    }
  });

  it('is CANCELLED and certain once the group is cancelled, even if a partner is unavailable', () => {
    for (const [, facts] of story(direction)) {
      const cancelled = { ...facts, cancelledOn: '2026-10-01' };
      expect(deriveGroupState(cancelled)).toBe('CANCELLED');
      expect(isStateCertain({ ...cancelled, ...officesAway, ...aPoliceAway })).toBe(true);
    }
  });

  it('is never later than the true state when an owner is unavailable', () => {
    for (const away of [officesAway, aPoliceAway, { ...officesAway, ...aPoliceAway }]) {
      for (const [reached, facts] of story(direction)) {
        const atLeast = deriveGroupState({ ...facts, ...away });
        expect(order.indexOf(atLeast)).toBeLessThanOrEqual(order.indexOf(reached));
      }
    }
  });

  it('allows the debriefing and the reports in any order', () => {
    const [, facts] = story(direction).at(-2)!;
    const undebriefed = { ...facts, debriefedOn: null, delegatesDebriefedOn: null };
    expect(deriveGroupState(undebriefed)).toBe('REPORTED');
  });

  it('is EVALUATED even if a report is outstanding, but not without any report', () => {
    const [, facts] = story(direction).at(-1)!;
    const withReports = (count: number) =>
      deriveGroupState({ ...facts, delegateReportsReceived: count, officerReportsReceived: count });
    expect([withReports(1), withReports(0)]).toEqual(['EVALUATED', 'DEBRIEFED']);
  });

  it('does not infer a return from later steps', () => {
    const [, facts] = story(direction).at(-1)!;
    expect(deriveGroupState({ ...facts, hasReturned: false })).toBe('TRAVELLING');
  });
});

describe('Group.stateIsCertain', () => {
  it('needs the offices but no police force for a group from North-West Russia', () => {
    for (const [reached, facts] of story('NORTH_WEST_RUSSIA_TO_NORDIC')) {
      expect(isStateCertain({ ...facts, ...officesAway })).toBe(false);
      expect(isStateCertain({ ...facts, ...aPoliceAway })).toBe(true);
      expect(deriveGroupState({ ...facts, ...aPoliceAway })).toBe(reached);
    }
  });

  it('needs every police force, and the offices for their signature, for a Nordic-Baltic group', () => {
    for (const [reached, facts] of story('NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA')) {
      expect(isStateCertain({ ...facts, ...officesAway })).toBe(false);
      expect(isStateCertain({ ...facts, ...aPoliceAway })).toBe(false);
      const known = reached === 'EVALUATED' ? 'REPORTED' : reached;
      expect(deriveGroupState({ ...facts, ...officesAway })).toBe(known);
    }
  });

  it('uses the network’s own acceptances for a Nordic-Baltic group while a police force is unavailable', () => {
    const [, facts] = story('NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA')[3]!;
    expect(deriveGroupState({ ...facts, ...aPoliceAway })).toBe('SELECTED');
  });

  it('uses the data of the other police forces while one is unavailable', () => {
    const nordic = {
      ...plannedGroup,
      sides: { direction: Direction.NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA },
    };
    const known = (count: number) =>
      deriveGroupState({ ...nordic, ...aPoliceAway, nominationsAtLeast: count });
    expect([known(0), known(1)]).toEqual(['PLANNED', 'NOMINATED']);
    const [, signed] = story('NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA').at(-1)!;
    const reported = (count: number, officeSignatureCount: number) =>
      deriveGroupState({ ...signed, ...aPoliceAway, officeSignatureCount, reportsAtLeast: count });
    expect([reported(0, 1), reported(1, 1)]).toEqual(['DEBRIEFED', 'EVALUATED']);
    expect([reported(9, 0), reported(10, 0)]).toEqual(['DEBRIEFED', 'REPORTED']);
    expect(isStateCertain({ ...nordic, ...aPoliceAway, nominationsAtLeast: 1 })).toBe(false);
  });

  it('uses the network’s own dates of a group from North-West Russia while the offices are unavailable', () => {
    const travelling = { ...plannedGroup, hasDeparted: true, ...officesAway };
    expect(deriveGroupState(travelling)).toBe('TRAVELLING');
  });
});

describe('Group.memberCount and Group.reportsReceived', () => {
  it('are null if the side that sends the group did not respond', () => {
    expect(countMembers({ ...plannedGroup, ...officesAway })).toBeNull();
    expect(countReports({ ...plannedGroup, ...officesAway })).toBeNull();
    const nordic = {
      ...plannedGroup,
      sides: { direction: Direction.NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA },
    };
    expect(countReports({ ...nordic, ...aPoliceAway })).toBeNull();
  });

  it('count a Nordic-Baltic group’s officers without the offices', () => {
    const nordic: GroupFacts = {
      ...plannedGroup,
      sides: { direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA' },
      acceptedOfficers: 11,
      officerReportsReceived: 3,
      ...officesAway,
    };
    expect([countMembers(nordic), countReports(nordic)]).toEqual([11, 3]);
  });

  it('count the delegates of a group from North-West Russia without the police forces', () => {
    const russian = {
      ...plannedGroup,
      delegateCount: 12,
      delegateReportsReceived: 4,
      ...aPoliceAway,
    };
    expect([countMembers(russian), countReports(russian)]).toEqual([12, 4]);
  });
});
