import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { checkVersion, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { Group } from '../entities/group.entity.js';
import {
  checkNotCancelled,
  findGroupForChange,
  hasReturned,
  isTravelling,
  writeGroup,
} from './group-for-change.js';
import type { CancelGroupInput } from './group.input.js';

/**
 * Cancels a group that is neither on a visit nor back from all of them: the return of a cancelled
 * group could not be recorded. The date may be long before the programme begins, but not after its
 * end.
 * @throws HubError `NOT_FOUND` `CONFLICT` `BAD_USER_INPUT` `RULE_VIOLATED` CANCELLED, RETURNED,
 * DEPARTED, OUTSIDE_PROGRAMME
 */
export function cancelGroup(context: PartnerContext, input: CancelGroupInput): Promise<Group> {
  return perform(context, {
    name: 'cancelGroup',
    input,
    reason: input.reason,
    async write(manager) {
      const change = await findGroupForChange(manager, input.group, 'input.group');
      checkVersion(change.group, input.version);
      checkNotCancelled(change, 'input.group');
      if (hasReturned(change.visits)) violateRule('RETURNED', 'input.group');
      if (isTravelling(change.visits)) violateRule('DEPARTED', 'input.group');
      if (!dates.isWithin(input.on, { endsOn: change.programme.endsOn }))
        violateRule('OUTSIDE_PROGRAMME', 'input.on');
      return writeGroup(manager, change.group, {
        cancelledOn: input.on,
        cancelReason: input.reason,
      });
    },
  });
}
