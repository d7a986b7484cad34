import type { PartnerContext } from '@hub/shared/context';
import { violateRule } from '@hub/shared/errors';
import { checkName, perform } from '@hub/shared/mutations';
import type { Group } from '../entities/references.js';
import { askGroup } from './ask-group.js';
import {
  checkDirection,
  checkNotCancelled,
  checkNotDeparted,
  checkWithin,
  countSelected,
} from './group-rules.js';
import type { RecordMeetingInput } from './group.input.js';
import { keepMeeting } from './keep-meeting.js';

/**
 * Records the meeting before the visit, once the members are selected. A second call corrects it.
 * @throws HubError `RULE_VIOLATED` with `DIRECTION`, `CANCELLED`, `DEPARTED`, `NOT_SELECTED`,
 * `OUTSIDE_PROGRAMME`, `HOST_COUNTRY` or `CLOSED`; `NOT_FOUND`, `BAD_USER_INPUT`, `PARTNER_…`
 */
export function recordDelegatesBriefing(
  context: PartnerContext,
  input: RecordMeetingInput,
): Promise<Group> {
  checkName(input.place, 'input.place');
  return perform(context, {
    name: 'recordDelegatesBriefing',
    input,
    ask: () => askGroup(context, input.group, 'input.group'),
    async write(manager, group) {
      checkDirection(group, 'input.group');
      checkNotCancelled(group, 'input.group');
      checkNotDeparted(group, 'input.group');
      if ((await countSelected(manager, input.group)) < group.programme.groupSizeMin) {
        violateRule('NOT_SELECTED', 'input.group');
      }
      checkWithin(input.on, group.programme);
      return keepMeeting(manager, 'BRIEFING', input);
    },
  });
}
