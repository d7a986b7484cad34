import { violateRule } from '@hub/shared/errors';
import { findForChange, nextVersion, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { consents } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { Hosting } from '../entities/hosting.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { checkNotEnded, checkWithinProgramme } from './check-visit.js';
import { askHostedVisit, checkUnitExists, type HostedVisit } from './hosted-visit.js';
import type { DecideHostingInput } from './hosting.input.js';

type Decision = Partial<
  Pick<Hosting, 'status' | 'confirmedOn' | 'confirmedVersion' | 'withdrawnOn'>
>;

/**
 * Decides on an offer, if the visit has not ended and the day is within its programme’s years. A file
 * may have said anything of whether the visit is a rehearsal.
 */
const decideHosting = (
  context: PartnerContext,
  name: string,
  input: DecideHostingInput,
  decide: (hosting: Hosting, visit: HostedVisit, manager: EntityManager) => Promise<Decision>,
): Promise<Hosting> =>
  perform(context, {
    name,
    input,
    ask: () => askHostedVisit(context, input.hosting),
    async write(manager, visit) {
      const hosting = await findForChange(manager, Hosting, input.hosting, 'input.hosting');
      const version = nextVersion(hosting, input.version);
      if (hosting.status === 'WITHDRAWN') violateRule('WITHDRAWN', 'input.hosting');
      const decided = await decide(hosting, visit, manager);
      checkNotEnded(visit, 'input.hosting');
      checkWithinProgramme(input.on, visit);
      const { isRehearsal } = visit;
      const decision = { ...decided, isRehearsal, version };
      await manager.update(Hosting, { id: hosting.id }, decision);
      return Object.assign(hosting, decision);
    },
  });

/**
 * Confirms an offer for a visit that this police force hosts, and for its present days. An
 * offer that was confirmed for other days can be confirmed again.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` WITHDRAWN, ALREADY_DECIDED,
 * HOST_COUNTRY, CLOSED, CANCELLED, RETURNED, OUTSIDE_PROGRAMME
 */
export const confirmHosting = (
  context: PartnerContext,
  input: DecideHostingInput,
): Promise<Hosting> =>
  decideHosting(context, 'confirmHosting', input, async (hosting, visit, manager) => {
    const own = context.partner;
    const { status, confirmedVersion, unitId } = hosting;
    if (status === 'CONFIRMED' && consents.doesConsentHold(visit, confirmedVersion, own))
      violateRule('ALREADY_DECIDED', 'input.hosting');
    consents.checkHosted(visit, own, 'input.hosting');
    const unit = await findForChange(manager, PoliceUnit, unitId, 'input.hosting');
    checkUnitExists(unit, visit, 'input.hosting');
    consents.checkPlanSeen(visit, input.visitVersion);
    return { status: 'CONFIRMED', confirmedOn: input.on, confirmedVersion: visit.version };
  });

/**
 * Withdraws an offer, confirmed or not.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` WITHDRAWN, DATE_ORDER,
 * CANCELLED, RETURNED, OUTSIDE_PROGRAMME
 */
export const withdrawHosting = (
  context: PartnerContext,
  input: DecideHostingInput,
): Promise<Hosting> =>
  decideHosting(context, 'withdrawHosting', input, async ({ confirmedOn }) => {
    if (confirmedOn !== null && input.on < confirmedOn) violateRule('DATE_ORDER', 'input.on');
    return { status: 'WITHDRAWN', withdrawnOn: input.on };
  });
