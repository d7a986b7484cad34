import { violateRule } from '@hub/shared/errors';
import { checkVersion, findForChange, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { EvaluationSignature, type EvaluationText } from '../entities/evaluation.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { askIsEvaluated } from '../groups/group-for-change.js';
import type { RecordDateInput } from '../groups/record-date.input.js';
import { findEvaluationText, writeEvaluationText } from './evaluation-text.js';

/**
 * Withdraws the network’s signature under an evaluation, until the offices have signed too. The
 * text becomes a draft again.
 * @throws HubError `NOT_FOUND` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` NOT_SIGNED, DATE_ORDER,
 * EVALUATED
 */
export const withdrawEvaluationSignature = (
  context: PartnerContext,
  input: RecordDateInput,
): Promise<Programme> =>
  perform(context, {
    name: 'withdrawEvaluationSignature',
    input,
    async ask() {
      await findWithdrawal(context.source.manager, input);
      return askIsEvaluated(context, input.id);
    },
    async write(manager, isEvaluated) {
      const { programme, text } = await findWithdrawal(manager, input);
      if (isEvaluated) violateRule('EVALUATED', 'input.id');
      await manager.delete(EvaluationSignature, { programmeId: input.id });
      await writeEvaluationText(manager, text);
      return programme;
    },
  });

/** Finds the signed programme, and checks the network’s own rules. */
async function findWithdrawal(
  manager: EntityManager,
  { id, on, version }: RecordDateInput,
): Promise<{ readonly programme: Programme; readonly text: EvaluationText }> {
  const programme = await findForChange(manager, Programme, id, 'input.id');
  const text = await findEvaluationText(manager, id);
  checkVersion(text, version);
  const signature = await manager.findOneBy(EvaluationSignature, { programmeId: id });
  if (!signature) violateRule('NOT_SIGNED', 'input.id');
  if (on < signature.signedOn) violateRule('DATE_ORDER', 'input.on');
  return { programme, text };
}
