import type { PartnerContext } from '../../context/index.js';
import { createDecisionReader } from '../facts.js';
import { progressSelection, readProgress, type GroupProgress } from './group-visits.js';

const readGroupProgress = createDecisionReader<GroupProgress>({
  field: 'group',
  selection: `{ ${progressSelection} }`,
  read: readProgress,
});

/**
 * False for somebody who is absent from all visits of a group, by the network’s records.
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
export async function travelsWith(
  context: Pick<PartnerContext, 'askHub' | 'clock' | 'reader'>,
  groupId: string,
  personId: string,
): Promise<boolean> {
  const progress = await readGroupProgress(context, groupId);
  return !progress?.stayingHome.has(personId);
}
