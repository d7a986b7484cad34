import type { PartnerContext } from '@hub/shared/context';
import { violateRule } from '@hub/shared/errors';
import { checkVersion, perform } from '@hub/shared/mutations';
import type { Group } from '../entities/group.entity.js';
import {
  checkInProgramme,
  checkPreparing,
  checkSendsOfficers,
  findGroupForChange,
  writeGroup,
} from './group-for-change.js';
import type { RecordDateInput } from './record-date.input.js';

/**
 * Records the day on which a Nordic-Baltic group was briefed, or corrects it while the group has not departed.
 * @throws HubError `NOT_FOUND` `CONFLICT` `RULE_VIOLATED` CANCELLED, DEPARTED, DIRECTION, NOT_SELECTED,
 * OUTSIDE_PROGRAMME
 */
export const recordGroupBriefing = (
  context: PartnerContext,
  input: RecordDateInput,
): Promise<Group> =>
  perform(context, {
    name: 'recordGroupBriefing',
    input,
    async write(manager) {
      const change = await findGroupForChange(manager, input.id, 'input.id');
      checkVersion(change.group, input.version);
      checkPreparing(change, 'input.id');
      checkSendsOfficers(change, 'input.id');
      if (change.accepted.length < change.programme.groupSizeMin)
        violateRule('NOT_SELECTED', 'input.id');
      checkInProgramme(input.on, change.programme);
      return writeGroup(manager, change.group, { briefedOn: input.on });
    },
  });
