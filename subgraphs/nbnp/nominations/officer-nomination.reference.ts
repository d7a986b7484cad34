import type { ReferenceResolver } from '@hub/shared/partner';
import { required, withRequired } from '../access/entity.reference.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';

const readFields = required<OfficerNomination>('groupId');

/** A police’s nomination with our decision; without one, the nomination still stands. */
export const resolveOfficerNomination: ReferenceResolver = async (representation, { loaders }) => {
  const { id } = representation;
  const decided = typeof id === 'string' ? await loaders.one(OfficerNomination).load(id) : null;
  return decided ? withRequired(decided, readFields(representation)) : representation;
};
