import type { sides } from '@hub/shared/programme';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroupState } from '../entities/vocabulary.js';
import { plannedGroup } from '../testing/planned-group.js';
import {
  countFormalities,
  countMembers,
  countReports,
  deriveGroupState,
  isStateCertain,
  type GroupFacts,
} from './derive-group-state.js';

const side = (countries: readonly string[], ...offices: string[]): sides.SideFacts => ({
  countries,
  regions: [],
  selectors: offices,
  hosts: [],
  coordinators: offices,
});
const to = side(['DK']);
const between: Readonly<Record<string, sides.GroupSides>> = {
  both: { direction: null, from: side(['LV', 'LT'], 'ncm:rix'), to },
  officers: { direction: null, from: side(['IS']), to },
  delegates: { direction: null, from: side(['RU'], 'ncm:narva'), to },
  nobody: { direction: null, from: side(['RU']), to },
};

const known = fc.nat({ max: 15 });
const count = fc.option(known);
const day = fc.option(fc.constantFrom('2031-01-10', '2031-02-10', '2031-03-10'));
const facts: fc.Arbitrary<GroupFacts> = fc
  .record({
    acceptedOfficers: known,
    absentees: fc.nat({ max: 2 }),
    officersAcceptedOn: day,
    briefedOn: day,
    debriefedOn: day,
    hasDeparted: fc.boolean(),
    hasReturned: fc.boolean(),
    isSignedByNetwork: fc.boolean(),
    delegateCount: count,
    delegateNominationCount: count,
    delegatesSelectedOn: day,
    delegatesBriefedOn: day,
    delegatesDebriefedOn: day,
    delegateReportsReceived: count,
    delegateFormalitiesOpen: count,
    officeSignatureCount: count,
    officerNominationCount: count,
    officerReportsReceived: count,
    officerFormalitiesOpen: count,
  })
  .map((drawn) => ({ ...plannedGroup, ...drawn, cancelledOn: null }));

interface Model {
  readonly members: number | null;
  readonly reports: number | null;
  readonly isCertain: boolean;
  readonly state: GroupState;
}

/** What the rules say in words, counted by hand for one who sends or two. */
function modelOf(given: GroupFacts, sends: { delegates: boolean; officers: boolean }): Model {
  const both = (ofDelegates: number | null, ofOfficers: number | null) => [
    ...(sends.delegates ? [ofDelegates] : []),
    ...(sends.officers ? [ofOfficers] : []),
  ];
  const atLeast = (counts: readonly (number | null)[]) =>
    counts.reduce((sum: number, one) => sum + (one ?? 0), 0);
  const members = both(given.delegateCount, given.acceptedOfficers);
  const nominations = both(given.delegateNominationCount, given.officerNominationCount);
  const reports = both(given.delegateReportsReceived, given.officerReportsReceived);
  const chosen = [
    ...(sends.delegates ? [given.delegatesSelectedOn] : []),
    ...(sends.officers ? [given.officersAcceptedOn] : []),
  ].some((on) => on !== null);
  const isKnown = (counts: readonly (number | null)[]) => !counts.includes(null);
  const all = given.acceptedOfficers + (given.delegateCount ?? 0);
  const received = isKnown(reports)
    ? (given.delegateReportsReceived ?? 0) + (given.officerReportsReceived ?? 0)
    : atLeast(reports);
  const isBack = given.hasReturned && received > 0;
  const owed = isKnown(members) ? Math.max(0, all - given.absentees) : Infinity;
  const state = (): GroupState => {
    if (isBack && given.isSignedByNetwork && (given.officeSignatureCount ?? 0) > 0)
      return 'EVALUATED';
    if (isBack && received >= owed) return 'REPORTED';
    if (given.hasReturned && (given.delegatesDebriefedOn ?? given.debriefedOn) !== null)
      return 'DEBRIEFED';
    if (given.hasReturned) return 'RETURNED';
    if (given.hasDeparted) return 'TRAVELLING';
    if ((given.delegatesBriefedOn ?? given.briefedOn) !== null) return 'BRIEFED';
    if (chosen && atLeast(members) >= given.groupSizeMin) return 'SELECTED';
    return atLeast(nominations) > 0 || atLeast(members) > 0 ? 'NOMINATED' : 'PLANNED';
  };
  return {
    members: isKnown(members) ? all : null,
    reports: isKnown(reports) ? received : null,
    isCertain: isKnown([...members, ...nominations, ...reports, given.officeSignatureCount]),
    state: state(),
  };
}

const senders = {
  both: { delegates: true, officers: true },
  officers: { delegates: false, officers: true },
  delegates: { delegates: true, officers: false },
  nobody: { delegates: false, officers: false },
};

describe.each(Object.entries(senders))('a group between two sides, sent by %s', (name, sends) => {
  const group = between[name] as sides.GroupSides;

  it('is in the state, and has the members and reports, that a plain model says', () => {
    fc.assert(
      fc.property(facts, (drawn) => {
        const given = { ...drawn, sides: group };
        expect({
          members: countMembers(given),
          reports: countReports(given),
          isCertain: isStateCertain(given),
          state: deriveGroupState(given),
        }).toEqual(modelOf(given, sends));
      }),
    );
  });

  it('never goes back when somebody responds who did not', () => {
    fc.assert(
      fc.property(facts, known, (drawn, responded) => {
        const given = { ...drawn, sides: group };
        const filled = Object.fromEntries(
          Object.entries(given).map(([field, value]) =>
            /Count$|Received$/.test(field) ? [field, value ?? responded] : [field, value],
          ),
        ) as unknown as GroupFacts;
        // More members owe more reports, so only the states before the reports are compared.
        const order: readonly GroupState[] = ['PLANNED', 'NOMINATED', 'SELECTED', 'BRIEFED'];
        const [before, after] = [deriveGroupState(given), deriveGroupState(filled)];
        if (order.includes(after))
          expect(order.indexOf(before)).toBeLessThanOrEqual(order.indexOf(after));
      }),
    );
  });
});

it('counts the open formalities of all who travel, or of nobody while one sender is away', () => {
  const own = { ...plannedGroup, delegateFormalitiesOpen: 2, officerFormalitiesOpen: 3 };
  const counted = ['both', 'officers', 'delegates'].map((name) => {
    const group = between[name] as sides.GroupSides;
    return [
      countFormalities({ ...own, sides: group }),
      countFormalities({ ...own, officerFormalitiesOpen: null, sides: group }),
    ];
  });
  expect(counted).toEqual([
    [5, null],
    [5, null],
    [5, 2],
  ]);
});
