import { violateRule } from '@hub/shared/errors';
import { checkVersion, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { EvaluationText } from '../entities/evaluation-text.entity.js';
import type { Programme } from '../entities/references.js';
import { askProgramme, findDraft, findSignature } from './evaluation-for-change.js';
import type { DraftOfficeEvaluationInput } from './programme.input.js';

/**
 * Writes the offices' part of a programme's evaluation, until the offices sign it.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED`
 * ALREADY_SIGNED
 */
export function draftOfficeEvaluation(
  context: PartnerContext,
  input: DraftOfficeEvaluationInput,
): Promise<Programme> {
  return perform(context, {
    name: 'draftOfficeEvaluation',
    input,
    ask: () => askProgramme<Programme>(context, input.programme, 'id'),
    async write(manager, { id }) {
      const { summary, version } = input;
      const draft = await findDraft(manager, id);
      checkVersion(draft, version);
      if ((await findSignature(manager, id)) !== null)
        violateRule('ALREADY_SIGNED', 'input.programme');
      const lists = vocabulary.pickDrafted(input);
      const next = Object.assign(draft, { summary, ...lists, version: version + 1 });
      await manager.upsert(EvaluationText, next, ['programmeId']);
      return { id };
    },
  });
}
