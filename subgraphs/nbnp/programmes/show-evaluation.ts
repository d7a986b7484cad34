import { type PartnerContext, readers } from '@hub/shared/policy';
import { mayKnowJourneys } from '../access/visible-visits.js';
import type { Evaluation } from '../entities/evaluation.entity.js';
import { Group } from '../entities/group.entity.js';

/**
 * The evaluation as the caller may see it. It is published when both have signed. Until then its
 * text is null for callers who do not write it, and a draft without a signature does not exist for
 * them. Anonymous callers see a single signature only after the end of all visits, because it shows
 * that all groups are back.
 */
export async function showEvaluation(
  evaluation: Evaluation | null,
  programmeId: string,
  context: PartnerContext,
): Promise<Evaluation | null> {
  if (!evaluation || evaluation.complete || readers.isEvaluator(context.reader)) return evaluation;
  const isDraft = evaluation.complete === false && evaluation.signOffs.length === 0;
  if (isDraft || !(await mayKnowSignatures(programmeId, context))) return null;
  const { isRehearsal, signOffs, complete, status } = evaluation;
  const hidden = { summary: null, findings: null, recommendations: null, version: 0 };
  return { isRehearsal, signOffs, complete, status, ...hidden };
}

async function mayKnowSignatures(programmeId: string, context: PartnerContext): Promise<boolean> {
  if (readers.isPerson(context.reader)) return true;
  const groups = await context.loaders.many(Group, 'programmeId').load(programmeId);
  const open = groups.filter(({ cancelledOn }) => cancelledOn === null);
  const areKnown = await Promise.all(open.map(({ id }) => mayKnowJourneys(id, context)));
  return areKnown.every(Boolean);
}
