import type { PartnerContext } from '@hub/shared/context';
import { violateRule } from '@hub/shared/errors';
import { checkName, perform } from '@hub/shared/mutations';
import type { Group } from '../entities/references.js';
import { askTravelledGroup, standingVisits, type PlannedGroup } from './ask-group.js';
import {
  checkDirection,
  checkNotCancelled,
  checkNotLate,
  checkOrder,
  isEvaluated,
} from './group-rules.js';
import type { RecordMeetingInput } from './group.input.js';
import { keepMeeting } from './keep-meeting.js';

/** The day of the last return; undefined while the group travels, or before its first visit. */
function findReturn(group: PlannedGroup): string | undefined {
  const visits = standingVisits(group);
  const days = visits.flatMap(({ returnedOn }) => returnedOn ?? []);
  return days.length === visits.length ? days.sort().at(-1) : undefined;
}

/**
 * Records the meeting after the visits. A second call corrects it.
 * @throws HubError `RULE_VIOLATED` with `DIRECTION`, `CANCELLED`, `NOT_RETURNED`, `DATE_ORDER`,
 * `TOO_LATE`, `EVALUATED`, `HOST_COUNTRY` or `CLOSED`; `NOT_FOUND`, `BAD_USER_INPUT`, `PARTNER_…`
 */
export function recordDelegatesDebriefing(
  context: PartnerContext,
  input: RecordMeetingInput,
): Promise<Group> {
  checkName(input.place, 'input.place');
  return perform(context, {
    name: 'recordDelegatesDebriefing',
    input,
    ask: () => askTravelledGroup(context, input.group),
    async write(manager, group) {
      checkDirection(group, 'input.group');
      checkNotCancelled(group, 'input.group');
      const returnedOn = findReturn(group) ?? violateRule('NOT_RETURNED', 'input.group');
      if (await isEvaluated(manager, group)) violateRule('EVALUATED', 'input.group');
      checkOrder(input.on, returnedOn);
      checkNotLate(input.on, group.programme);
      return keepMeeting(manager, 'DEBRIEFING', input);
    },
  });
}
