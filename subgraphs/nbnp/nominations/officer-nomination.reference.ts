import type { ReferenceResolver } from '@hub/shared/partner';
import { required, withRequired } from '../access/entity.reference.js';
import { isDecided } from '../access/load-related.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';

const readFields = required<OfficerNomination>('groupId', 'nominatedOn', 'withdrawnOn');

/**
 * A police force’s nomination with our decision. Without a decision the nomination is still open.
 */
export const resolveOfficerNomination: ReferenceResolver = async (representation, { loaders }) => {
  const { id } = representation;
  const decided = typeof id === 'string' ? await loaders.one(OfficerNomination).load(id) : null;
  if (!decided) return representation;
  if (isDecided(decided)) return withRequired(decided, readFields(representation));
  return { ...representation, decisionVersion: decided.decisionVersion };
};
