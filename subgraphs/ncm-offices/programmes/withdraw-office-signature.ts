import { violateRule } from '@hub/shared/errors';
import { checkVersion, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import type { Programme } from '../entities/references.js';
import { checkOrder } from '../groups/group-rules.js';
import { askProgramme, findDraft, findSignature } from './evaluation-for-change.js';
import { isSignedByNetwork, type Evaluation } from './programme-facts.js';
import type { SignOfficeEvaluationInput } from './programme.input.js';

/** @throws HubError `CONFLICT`; `RULE_VIOLATED` NOT_SIGNED, DATE_ORDER */
async function checkSigned(
  manager: EntityManager,
  { programme, on, version }: SignOfficeEvaluationInput,
): Promise<void> {
  if (version != null) checkVersion(await findDraft(manager, programme), version);
  const signedOn = await findSignature(manager, programme);
  if (signedOn === null) violateRule('NOT_SIGNED', 'input.programme');
  checkOrder(on, signedOn);
}

/**
 * Withdraws the offices' signature under an evaluation, until NBNP has signed too. The text becomes
 * a draft again.
 * @throws HubError `NOT_FOUND` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` NOT_SIGNED, DATE_ORDER,
 * EVALUATED
 */
export const withdrawOfficeSignature = (
  context: PartnerContext,
  input: SignOfficeEvaluationInput,
): Promise<Programme> =>
  perform(context, {
    name: 'withdrawOfficeSignature',
    input,
    async ask() {
      await checkSigned(context.source.manager, input);
      const selection = 'evaluation { signOffs { organisation } }';
      const { evaluation } = await askProgramme<{ readonly evaluation: Evaluation | null }>(
        context,
        input.programme,
        selection,
      );
      return isSignedByNetwork(evaluation);
    },
    async write(manager, isSigned) {
      const { programme: id } = input;
      await checkSigned(manager, input);
      if (isSigned) violateRule('EVALUATED', 'input.programme');
      await manager.delete(ProgrammeSignature, { programmeId: id });
      return { id };
    },
  });
