import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { checkVersion, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { Visit } from '../entities/visit.entity.js';
import { checkNotReturned, findVisitForChange, writeVisit } from './visit-for-change.js';
import type { CancelVisitInput } from './visit.input.js';

/**
 * Cancels a visit before its departure. It stays with its stops and its reason, and counts nowhere.
 * The group may make another.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `CONFLICT`; `RULE_VIOLATED` CANCELLED, DEPARTED,
 * RETURNED, OUTSIDE_PROGRAMME
 */
export async function cancelVisit(
  context: PartnerContext,
  input: CancelVisitInput,
): Promise<Visit> {
  return perform<Visit>(context, {
    name: 'cancelVisit',
    input,
    reason: input.reason,
    async write(manager) {
      const change = await findVisitForChange(manager, input.visit, 'input.visit');
      const { visit, programme } = change;
      checkVersion(visit, input.version);
      checkNotReturned(change, 'input.visit');
      if (visit.departedOn !== null) violateRule('DEPARTED', 'input.visit');
      if (!dates.isWithin(input.on, { endsOn: programme.endsOn }))
        violateRule('OUTSIDE_PROGRAMME', 'input.on');
      return writeVisit(manager, visit, { cancelledOn: input.on, cancelReason: input.reason });
    },
  });
}
