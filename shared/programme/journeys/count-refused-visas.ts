import type { PartnerContext } from '../../policy/context/partner-context.js';
import { createDecisionReader } from '../../policy/facts.js';
import { type AbsencesResponse, absencesSelection, readAbsences } from '../visits/group-visits.js';
import type { FormalityFields } from '../vocabulary/formality.type.js';

/** The members of a group who are recorded as absent from a visit. */
const readAbsentees = createDecisionReader<ReadonlySet<string>>({
  field: 'group',
  selection: `{ ${absencesSelection} }`,
  read: ({ absences }: { readonly absences?: AbsencesResponse }) =>
    new Set(readAbsences(absences).map(({ participantId }) => participantId)),
});

/**
 * Counts the members of a group who got no visa, as their formalities say. Whoever is recorded as
 * absent is not counted: the absence says why. The network is asked only if a visa is refused.
 * @param recorded all records for the group, also of people who have left it
 * @param personOf the person of a record
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
export async function countRefusedVisas<Formality extends FormalityFields>(
  context: PartnerContext,
  { groupId, members }: { readonly groupId: string; readonly members: ReadonlySet<string> },
  recorded: readonly Formality[],
  personOf: (formality: Formality) => string,
): Promise<number> {
  const refused = recorded
    .filter(({ kind, status }) => kind === 'VISA' && status === 'REFUSED')
    .map(personOf)
    .filter((person) => members.has(person));
  if (refused.length === 0) return 0;
  const absent = await readAbsentees(context, groupId);
  return refused.filter((person) => !absent?.has(person)).length;
}
