import { codes, type Levels, type PartnerContext, readers } from '@hub/shared/policy';
import { decideItinerary } from '../access/decide-itinerary.js';
import type { Expert } from '../entities/references.js';
import type { ExpertAssignment } from '../entities/visit.entity.js';
import { itineraryReaders } from '../visits/visit.policy.js';

/** Those who decide whether the expert is lent, so they may read what for. */
const isLender = ({ reader }: PartnerContext, expertId: string): boolean =>
  readers.isOneOf(reader, codes.ownerOf(expertId), readers.staff);

/** The assignments of an expert to all visits. */
export const expertPolicy: Levels<Expert> = {
  itinerary: {
    readers: 'staff of this organisation; staff of the police force that offers the expert',
    decide: (expert, context) =>
      readers.isOneOf(context.reader, codes.networkCode, readers.staff) ||
      (expert !== undefined && isLender(context, expert.id)),
  },
};

export const expertAssignmentPolicy: Levels<ExpertAssignment> = {
  itinerary: {
    readers: `staff of the police force that offers the expert; ${itineraryReaders}`,
    decide: (assignment, context) =>
      (assignment !== undefined && isLender(context, assignment.expertId)) ||
      decideItinerary(context, assignment?.visitId),
  },
};
