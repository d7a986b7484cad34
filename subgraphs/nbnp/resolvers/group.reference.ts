import type { Group } from '../entities/group.entity.js';
import { required, type ReadRequired } from './entity.reference.js';

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
);

/** Reads what other organisations know about a group, the offices’ signature under its programme included. */
export const readGroupFacts: ReadRequired<Group> = (representation) => {
  const programme = representation['programme'] as
    Pick<Group, 'officeSignatureCount'> | null | undefined;
  return { ...readFields(representation), officeSignatureCount: programme?.officeSignatureCount };
};
