import type { PartnerContext } from '@hub/shared/context';
import { violateRule } from '@hub/shared/errors';
import { checkVersion, perform } from '@hub/shared/mutations';
import { lastPaperworkDay } from '@hub/shared/scalars';
import type { EntityManager } from 'typeorm';
import type { Group } from '../entities/group.entity.js';
import {
  askIsEvaluated,
  checkNotCancelled,
  checkSendsOfficers,
  findGroupForChange,
  hasReturned,
  lastReturn,
  writeGroup,
} from './group-for-change.js';
import type { RecordDateInput } from './record-date.input.js';

/**
 * Records the day on which a Nordic-Baltic group met after its return, or corrects it until the
 * programme is evaluated. The meeting may be until two years after the programme’s end.
 * @throws HubError `NOT_FOUND` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` CANCELLED, DIRECTION,
 * NOT_RETURNED, DATE_ORDER, TOO_LATE, EVALUATED
 */
export const recordGroupDebriefing = (
  context: PartnerContext,
  input: RecordDateInput,
): Promise<Group> =>
  perform(context, {
    name: 'recordGroupDebriefing',
    input,
    async ask() {
      const { programmeId } = await findDebriefing(context.source.manager, input);
      return askIsEvaluated(context, programmeId);
    },
    async write(manager, isEvaluated) {
      const group = await findDebriefing(manager, input);
      if (isEvaluated) violateRule('EVALUATED', 'input.id');
      return writeGroup(manager, group, { debriefedOn: input.on });
    },
  });

/** Finds the group that has met, and checks the network’s own rules. */
async function findDebriefing(manager: EntityManager, input: RecordDateInput): Promise<Group> {
  const change = await findGroupForChange(manager, input.id, 'input.id');
  checkVersion(change.group, input.version);
  checkNotCancelled(change, 'input.id');
  checkSendsOfficers(change, 'input.id');
  if (!hasReturned(change.visits)) violateRule('NOT_RETURNED', 'input.id');
  if (input.on < (lastReturn(change.visits) ?? '')) violateRule('DATE_ORDER', 'input.on');
  if (input.on > lastPaperworkDay(change.programme)) violateRule('TOO_LATE', 'input.on');
  return change.group;
}
