import type { PartnerContext } from '@hub/shared/policy';
import type { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { endNomination } from './decide-nomination.js';
import type { DecideNominationInput } from './delegate-nomination.input.js';

/** Withdraws a nomination, pending or selected. @throws as {@link endNomination} */
export const withdrawDelegate = (
  context: PartnerContext,
  input: DecideNominationInput,
): Promise<DelegateNomination> => endNomination(context, 'withdrawDelegate', input);
