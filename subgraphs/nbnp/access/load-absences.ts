import { codes, createFactReader, type PartnerContext } from '@hub/shared/policy';
import { Absence } from '../entities/visit.entity.js';
import { loadAccepted, type WithLoaders } from './load-related.js';

const absenceOrder = [{ property: 'visitId' }, { property: 'participantId' }];

/** The absences from the visits of a group, also of people who were released later. */
export const loadAbsences = (groupId: string, { loaders }: WithLoaders): Promise<Absence[]> =>
  loaders.many(Absence, 'groupId', { orderBy: absenceOrder }).load(groupId);

/** The absences of the officers who still are members, for which nobody has to be asked. */
export async function loadOfficerAbsences(
  groupId: string,
  context: WithLoaders,
): Promise<Absence[]> {
  const [absences, accepted] = await Promise.all([
    loadAbsences(groupId, context),
    loadAccepted(groupId, context),
  ]);
  const officers = new Set(accepted.map(({ officerId }) => officerId));
  return absences.filter(({ participantId }) => officers.has(participantId));
}

interface DelegatesResponse {
  readonly delegates?: readonly { readonly id: string }[] | null;
}

/**
 * The delegates of a group. Requested each time, because the offices may release one at any time.
 */
const readDelegateIds = createFactReader<ReadonlySet<string> | null>({
  field: 'group',
  selection: '{ delegates { id } }',
  memoryMs: 0,
  read: ({ delegates }: DelegatesResponse) =>
    delegates ? new Set(delegates.map(({ id }) => id)) : null,
});

const isDelegate = ({ participantId }: Absence): boolean =>
  codes.ownerOf(participantId) === codes.officesCode;

/**
 * The absences of those who still are members.
 * @throws HubError `PARTNER_…` if a delegate is absent and the offices are unavailable: nobody else
 * knows whether she still is a member
 */
export async function loadMemberAbsences(
  groupId: string,
  context: PartnerContext,
): Promise<Absence[]> {
  const absences = await loadAbsences(groupId, context);
  if (absences.length === 0) return absences;
  const [ofOfficers, delegates] = await Promise.all([
    loadOfficerAbsences(groupId, context),
    absences.some(isDelegate) ? readDelegateIds(context, groupId) : null,
  ]);
  const officers = new Set(ofOfficers);
  return absences.filter((absence) =>
    isDelegate(absence) ? delegates?.has(absence.participantId) : officers.has(absence),
  );
}
