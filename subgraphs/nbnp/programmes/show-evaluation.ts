import type { PartnerContext } from '@hub/shared/context';
import { isPerson } from '@hub/shared/policy';
import { mayKnowJourneys } from '../access/visible-visits.js';
import { Group } from '../entities/group.entity.js';
import type { Evaluation } from '../entities/programme.entity.js';

/**
 * The evaluation as the caller may see it. It is published when both have signed. Until then only
 * callers with a token see its text. Other callers see a single signature only after the end of all
 * visits, because it shows that all groups are back.
 */
export async function showEvaluation(
  evaluation: Evaluation | null,
  programmeId: string,
  context: PartnerContext,
): Promise<Evaluation | null> {
  if (isPerson(context.reader) || evaluation?.complete) return evaluation;
  const groups = await context.loaders.many(Group, 'programmeId').load(programmeId);
  const open = groups.filter(({ cancelledOn }) => cancelledOn === null);
  const areKnown = await Promise.all(open.map(({ id }) => mayKnowJourneys(id, context)));
  if (!evaluation || !areKnown.every(Boolean)) return null;
  const { signOffs, complete } = evaluation;
  return { summary: null, signOffs, complete };
}
