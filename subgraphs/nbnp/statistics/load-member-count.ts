import { HubError } from '@hub/shared/errors';
import { codes, createFactReader, type PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import { loadMemberAbsences } from '../access/load-absences.js';
import { loadAccepted } from '../access/load-related.js';
import { Group } from '../entities/group.entity.js';
import { loadGroupSides } from '../sides/load-sides.js';
import type { ShownSector } from './sector-statistics.js';

/** How many delegates the offices have selected for a group. Only the offices know. */
const readDelegateCount = createFactReader<number | null>({
  field: 'group',
  selection: '{ delegateCount }',
  read: ({ delegateCount }) => (typeof delegateCount === 'number' ? delegateCount : null),
});

/**
 * `Group.memberCount` without a representation. A Nordic-Baltic group has only officers, so it is
 * counted without the offices.
 * @throws HubError `PARTNER_…` if the offices are needed and unavailable.
 */
export async function loadMemberCount(groupId: string, context: PartnerContext): Promise<number> {
  const [group, accepted] = await Promise.all([
    context.loaders.one(Group).load(groupId),
    loadAccepted(groupId, context),
  ]);
  if (!group || !sides.sendsDelegates(await loadGroupSides(group, context))) return accepted.length;
  const delegates = await readDelegateCount(context, groupId);
  if (delegates === null) throw new HubError('PARTNER_UNAVAILABLE', { partner: codes.officesCode });
  return accepted.length + delegates;
}

/**
 * How many members of a group were absent from all stops of a sector: from the day of the first one,
 * on each visit that had one. An absence lasts to the end of its visit.
 */
export async function countMissing(
  groupId: string,
  shown: readonly ShownSector[],
  context: PartnerContext,
): Promise<number> {
  const absences = await loadMemberAbsences(groupId, context);
  const ofGroup = shown.filter((one) => one.groupId === groupId);
  const people = new Set(absences.map(({ participantId }) => participantId));
  const hasMissed = (person: string) =>
    ofGroup.every(({ visitId, firstDay }) =>
      absences.some(
        (absence) =>
          absence.participantId === person &&
          absence.visitId === visitId &&
          absence.from <= firstDay,
      ),
    );
  return [...people].filter(hasMissed).length;
}
