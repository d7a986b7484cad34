import { vocabulary } from '@hub/shared/programme';
import { GroupMeeting } from '../entities/group.entity.js';
import type { WithLoaders } from './load-related.js';

/** The network’s meetings of a group, by kind. */
export const loadMeetings = (groupId: string, { loaders }: WithLoaders): Promise<GroupMeeting[]> =>
  loaders.many(GroupMeeting, 'groupId', { orderBy: [{ property: 'kind' }] }).load(groupId);

/** The day of the network’s meeting of a kind; null before it is recorded. */
export const loadMeetingDay = async (
  groupId: string,
  kind: vocabulary.MeetingKind,
  context: WithLoaders,
): Promise<string | null> => vocabulary.dayOfMeeting(await loadMeetings(groupId, context), kind);
