import type { PartnerContext } from '@hub/shared/policy';
import type { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { endNomination } from './decide-nomination.js';
import type { DecideNominationInput } from './delegate-nomination.input.js';

/** Declines a nominee, or releases a selected delegate. @throws as {@link endNomination} */
export const declineDelegate = (
  context: PartnerContext,
  input: DecideNominationInput,
): Promise<DelegateNomination> => endNomination(context, 'declineDelegate', input);
