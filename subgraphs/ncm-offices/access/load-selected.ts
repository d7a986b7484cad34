import type { Loaders } from '@hub/shared/database';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { isMember } from './decide-people.js';

/** The nominations of the delegates who are members of a group. */
export const loadSelected = async (
  loaders: Loaders,
  groupId: string,
): Promise<DelegateNomination[]> =>
  (await loaders.many(DelegateNomination, 'groupId').load(groupId)).filter(isMember);
