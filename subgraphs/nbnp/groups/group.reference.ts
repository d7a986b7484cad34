import { required, type ReadRequired } from '../access/entity.reference.js';
import type { Group } from '../entities/group.entity.js';

const readFields = required<Group>(
  'delegates',
  'delegateCount',
  'delegateNominationCount',
  'officerNominationCount',
  'delegatesSelectedOn',
  'delegatesBriefedOn',
  'delegatesDebriefedOn',
  'delegateReportsReceived',
  'officerReportsReceived',
  'delegateFormalitiesOpen',
  'officerFormalitiesOpen',
);

/**
 * Reads the other owners’ facts about a group, including the offices’ signature under its
 * programme.
 */
export const readGroupFacts: ReadRequired<Group> = (representation) => {
  const programme = representation['programme'] as
    | Pick<Group, 'officeSignatureCount'>
    | null
    | undefined;
  return { ...readFields(representation), officeSignatureCount: programme?.officeSignatureCount };
};
