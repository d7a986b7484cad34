import type { GroupFacts } from '../groups/derive-group-state.js';

/** A group without any record; every owner has responded. */
export const plannedGroup: GroupFacts = {
  sides: { direction: 'NORTH_WEST_RUSSIA_TO_NORDIC' },
  plannedSize: 12,
  groupSizeMin: 10,
  groupSizeMax: 15,
  acceptedOfficers: 0,
  absentees: 0,
  officersAcceptedOn: null,
  briefedOn: null,
  debriefedOn: null,
  cancelledOn: null,
  hasDeparted: false,
  hasReturned: false,
  isSignedByNetwork: false,
  delegateCount: 0,
  delegateNominationCount: 0,
  delegatesSelectedOn: null,
  delegatesBriefedOn: null,
  delegatesDebriefedOn: null,
  delegateReportsReceived: 0,
  officeSignatureCount: 0,
  officerNominationCount: 0,
  officerReportsReceived: 0,
  delegateFormalitiesOpen: 0,
  officerFormalitiesOpen: 0,
};
