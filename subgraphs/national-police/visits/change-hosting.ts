import { violateRule } from '@hub/shared/errors';
import { checkVersion, findForChange, perform, pickGiven } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { Hosting } from '../entities/hosting.entity.js';
import { checkNotEnded } from './check-visit.js';
import { askHostedVisit } from './hosted-visit.js';
import type { ChangeHostingInput } from './hosting.input.js';

/**
 * Changes what the host arranges, until the group has returned.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED`
 * WITHDRAWN, CANCELLED, RETURNED
 */
export async function changeHosting(
  context: PartnerContext,
  input: ChangeHostingInput,
): Promise<Hosting> {
  return perform(context, {
    name: 'changeHosting',
    input,
    ask: () => askHostedVisit(context, input.hosting),
    async write(manager, visit) {
      const hosting = await findForChange(manager, Hosting, input.hosting, 'input.hosting');
      checkVersion(hosting, input.version);
      if (hosting.status === 'WITHDRAWN') violateRule('WITHDRAWN', 'input.hosting');
      checkNotEnded(visit, 'input.hosting');
      const changes = {
        ...pickGiven(input, vocabulary.practicalities),
        version: hosting.version + 1,
      };
      await manager.update(Hosting, { id: hosting.id }, changes);
      return Object.assign(hosting, changes);
    },
  });
}
