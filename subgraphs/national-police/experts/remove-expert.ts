import { HubError, violateRule } from '@hub/shared/errors';
import { checkVersion, findForChange } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { removePerson } from '@hub/shared/programme';
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
  { expert: expertId, version }: RemoveExpertInput,
): Promise<boolean> {
  const { manager } = context.source;
  checkVersion(await findForChange(manager, Expert, expertId, argument), version);
  await checkNotLent(manager, expertId);
  await checkNotAssigned(context, expertId);
  return removePerson(context, {
    name: 'removeExpert',
    data: expertData,
    person: expertId,
    version,
    argument,
    async removeRows(manager) {
      await checkNotLent(manager, expertId);
      for (const entity of [ExpertRole, ExpertLanguage, ExpertField])
        await manager.delete<ExpertRole | ExpertLanguage | ExpertField>(entity, { expertId });
    },
  });
}

const argument = 'input.expert';

/** Checks this police force’s own records. */
async function checkNotLent(manager: EntityManager, expertId: string): Promise<void> {
  if (await manager.existsBy(ExpertLoan, { expertId })) violateRule('REFERRED_TO', argument);
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
  if (assignments.length > 0) violateRule('REFERRED_TO', argument);
}
