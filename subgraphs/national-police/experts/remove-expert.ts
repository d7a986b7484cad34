import { HubError, violateRule } from '@hub/shared/errors';
import { checkVersion, findForChange, performErasure } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { forgetRemoved } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { expertData } from '../access/person-tables.js';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import { Expert, ExpertField, ExpertLanguage, ExpertRole } from '../entities/expert.entity.js';
import type { RemoveExpertInput } from './expert.input.js';

/**
 * Removes an expert who was registered by mistake, if the network has not asked for her, and this
 * police force has decided on no loan.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` HELD, REFERRED_TO
 */
export async function removeExpert(
  context: PartnerContext,
  input: RemoveExpertInput,
): Promise<boolean> {
  const { expert: expertId } = input;
  await findRemoving(context.source.manager, input);
  await checkNotAssigned(context, expertId);
  return performErasure(context, { name: 'removeExpert' }, async (manager) => {
    await findRemoving(manager, input);
    for (const entity of [ExpertRole, ExpertLanguage, ExpertField])
      await manager.delete<ExpertRole | ExpertLanguage | ExpertField>(entity, { expertId });
    await manager.delete(Expert, { id: expertId });
    await forgetRemoved(manager, context, expertData, expertId, 'input.expert');
    return true;
  });
}

/** Finds the expert, and checks this police force’s own records. */
async function findRemoving(
  manager: EntityManager,
  { expert: expertId, version }: RemoveExpertInput,
): Promise<void> {
  checkVersion(await findForChange(manager, Expert, expertId, 'input.expert'), version);
  if (await manager.existsBy(ExpertLoan, { expertId })) violateRule('REFERRED_TO', 'input.expert');
}

/** @throws HubError `PARTNER_…`; `RULE_VIOLATED` REFERRED_TO */
async function checkNotAssigned(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  id: string,
): Promise<void> {
  const { expert } = await askHub(
    'query ReferencesToExpert($id: ID!) { expert(id: $id) { assignments { id } } }',
    { id },
  );
  const { assignments } = (expert ?? {}) as { readonly assignments?: readonly unknown[] | null };
  if (!assignments) throw new HubError('PARTNER_UNAVAILABLE', { partner: codes.networkCode });
  if (assignments.length > 0) violateRule('REFERRED_TO', 'input.expert');
}
