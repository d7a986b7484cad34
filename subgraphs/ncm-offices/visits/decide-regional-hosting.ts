import { violateRule } from '@hub/shared/errors';
import { checkNotInvented, checkVersion, findForChange, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { consents } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { Office } from '../entities/office.entity.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import { checkOrder, checkWithin } from '../groups/group-rules.js';
import { checkOfficeOpen } from '../network/office-rules.js';
import { askHostedVisit, checkArranges, checkNotEnded, type HostedVisit } from './hosted-visit.js';
import type { DecideRegionalHostingInput } from './regional-hosting.input.js';

interface Decision {
  readonly name: string;
  readonly status: RegionalHosting['status'];
  /** Checks a decision, and returns what else it changes. */
  check(
    manager: EntityManager,
    hosting: RegionalHosting,
    visit: HostedVisit,
  ): Promise<Partial<RegionalHosting>>;
}

/**
 * Decides on an offer, if the visit has not ended and the day is within its programme’s years. A file
 * may have said anything of whether the visit is a rehearsal.
 */
const decideRegionalHosting = (
  context: PartnerContext,
  input: DecideRegionalHostingInput,
  { name, status, check }: Decision,
): Promise<RegionalHosting> =>
  perform(context, {
    name,
    input,
    ask: () => askHostedVisit(context, input.hosting),
    async write(manager, visit) {
      const { hosting: id, on, version } = input;
      const hosting = await findForChange(manager, RegionalHosting, id, 'input.hosting');
      checkVersion(hosting, version);
      if (hosting.status === 'WITHDRAWN') violateRule('WITHDRAWN', 'input.hosting');
      const checked = await check(manager, hosting, visit);
      checkNotEnded(visit, 'input.hosting');
      checkWithin(on, visit.group.programme);
      const { isRehearsal } = visit;
      const changes = { ...checked, isRehearsal, status, decidedOn: on, version: version + 1 };
      await manager.update(RegionalHosting, { id }, changes);
      return Object.assign(hosting, changes);
    },
  });

/**
 * Confirms an offer for the present days of the visit. It may have been moved since, so its place and
 * days are checked again, and an offer that was confirmed for other days can be confirmed again.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` WITHDRAWN,
 * ALREADY_DECIDED, HOST_COUNTRY, CLOSED, REHEARSAL, CANCELLED, RETURNED, OUTSIDE_PROGRAMME
 */
export const confirmRegionalHosting = (
  context: PartnerContext,
  input: DecideRegionalHostingInput,
): Promise<RegionalHosting> =>
  decideRegionalHosting(context, input, {
    name: 'confirmRegionalHosting',
    status: 'CONFIRMED',
    async check(manager, { status, officeId, confirmedVersion }, visit) {
      if (
        status === 'CONFIRMED' &&
        consents.doesConsentHold(visit, confirmedVersion, context.partner)
      )
        violateRule('ALREADY_DECIDED', 'input.hosting');
      consents.checkHosted(visit, context.partner, 'input.hosting');
      const office = await findForChange(manager, Office, officeId, 'input.hosting');
      await checkArranges(manager, visit, office, 'input.hosting');
      checkOfficeOpen(office, [visit.startsOn, visit.endsOn], 'input.hosting');
      checkNotInvented(office, visit, 'input.hosting');
      consents.checkPlanSeen(visit, input.visitVersion);
      return { confirmedVersion: visit.version };
    },
  });

/**
 * Withdraws an offer, confirmed or not.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` WITHDRAWN, DATE_ORDER,
 * CANCELLED, RETURNED, OUTSIDE_PROGRAMME
 */
export const withdrawRegionalHosting = (
  context: PartnerContext,
  input: DecideRegionalHostingInput,
): Promise<RegionalHosting> =>
  decideRegionalHosting(context, input, {
    name: 'withdrawRegionalHosting',
    status: 'WITHDRAWN',
    async check(_manager, { decidedOn }) {
      if (decidedOn !== null) checkOrder(input.on, decidedOn);
      return {};
    },
  });
