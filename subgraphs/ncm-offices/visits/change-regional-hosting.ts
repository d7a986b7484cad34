import { violateRule } from '@hub/shared/errors';
import { checkVersion, findForChange, perform, pickGiven } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import { askHostedVisit, checkNotEnded } from './hosted-visit.js';
import type { ChangeRegionalHostingInput } from './regional-hosting.input.js';

/**
 * Changes what an office arranges, until the group has returned.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED`
 * WITHDRAWN, CANCELLED, RETURNED
 */
export async function changeRegionalHosting(
  context: PartnerContext,
  input: ChangeRegionalHostingInput,
): Promise<RegionalHosting> {
  return perform(context, {
    name: 'changeRegionalHosting',
    input,
    ask: () => askHostedVisit(context, input.hosting),
    async write(manager, visit) {
      const { hosting: id, version } = input;
      const hosting = await findForChange(manager, RegionalHosting, id, 'input.hosting');
      checkVersion(hosting, version);
      if (hosting.status === 'WITHDRAWN') violateRule('WITHDRAWN', 'input.hosting');
      checkNotEnded(visit, 'input.hosting');
      const changes = { ...pickGiven(input, vocabulary.practicalities), version: version + 1 };
      await manager.update(RegionalHosting, { id }, changes);
      return Object.assign(hosting, changes);
    },
  });
}
