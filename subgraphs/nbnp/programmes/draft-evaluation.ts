import { violateRule } from '@hub/shared/errors';
import { checkVersion, findForChange, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { EvaluationSignature } from '../entities/evaluation.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { findEvaluationText, writeEvaluationText } from './evaluation-text.js';
import type { DraftEvaluationInput } from './evaluation.input.js';

/**
 * Writes the network’s part of a programme’s evaluation, until the network signs it. The groups may
 * still be under way.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `RULE_VIOLATED` ALREADY_SIGNED
 */
export function draftEvaluation(
  context: PartnerContext,
  input: DraftEvaluationInput,
): Promise<Programme> {
  return perform(context, {
    name: 'draftEvaluation',
    input,
    async write(manager) {
      const programmeId = input.programme;
      const programme = await findForChange(manager, Programme, programmeId, 'input.programme');
      const text = await findEvaluationText(manager, programmeId);
      checkVersion(text, input.version);
      if (await manager.existsBy(EvaluationSignature, { programmeId }))
        violateRule('ALREADY_SIGNED', 'input.programme');
      const { summary } = input;
      const drafted = vocabulary.pickDrafted(input);
      await writeEvaluationText(manager, text, {
        ...drafted,
        ...(summary !== undefined && { summary }),
      });
      return programme;
    },
  });
}
