import { checkNotInvented, findForChange, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { Group } from '../entities/group.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { askMemberCountries } from '../network/ask-members.js';
import { findScheduling } from '../visits/schedule-visit.js';
import { askDelegateGroups, checkOneGroup, type DelegateGroups } from '../visits/visit-overlaps.js';
import type { CopyVisitInput } from './copy.input.js';
import {
  askSites,
  findPlannedVisits,
  insertPlannedVisit,
  type PlannedVisit,
  type VisitFacts,
} from './planned-visit.js';
import { refuseCopyBy } from './refuse-copy.js';

interface Facts extends VisitFacts {
  readonly plan: PlannedVisit;
  readonly delegateGroups: DelegateGroups;
}

const standsFor = { hostCountries: 'visit', site: 'visit', endsOn: 'startsOn' };

/**
 * Copies a visit to other days, as a visit of the given group.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `PARTNER_…`, `CONFLICT`; `RULE_VIOLATED`
 * CANCELLED, RETURNED, EVALUATED, HOST_COUNTRY, OUTSIDE_PROGRAMME, OVERLAPPING_VISITS,
 * OVERLAPPING_GROUPS, SITE_ELSEWHERE, REHEARSAL
 */
export const copyVisit = (context: PartnerContext, input: CopyVisitInput): Promise<Visit> =>
  refuseCopyBy(standsFor, () =>
    perform<Visit, Facts>(context, {
      name: 'copyVisit',
      input,
      async ask() {
        const { manager } = context.source;
        const { plan, copiedFrom } = await findPlan(manager, input);
        const members = await askMemberCountries(context, plan.hostCountries);
        const change = await findScheduling(manager, { ...plan, group: input.group }, members);
        checkNotInvented(copiedFrom, change.programme, 'input.visit');
        const sites = await askSites(context, [plan], change, members);
        const delegateGroups = await askDelegateGroups(context, change, plan);
        return { plan, members, sites, delegateGroups };
      },
      async write(manager, { plan, delegateGroups, ...facts }) {
        const change = await findScheduling(
          manager,
          { ...plan, group: input.group },
          facts.members,
        );
        await checkOneGroup(manager, change, plan, delegateGroups);
        return insertPlannedVisit(manager, context, change, plan, facts);
      },
      find: (manager, id) => manager.findOneBy(Visit, { id }),
    }),
  );

/** The plan of the visit, and the programme that it was made for. */
async function findPlan(
  manager: EntityManager,
  { visit: id, startsOn, title }: CopyVisitInput,
): Promise<{ readonly plan: PlannedVisit; readonly copiedFrom: Programme }> {
  const visit = await findForChange(manager, Visit, id, 'input.visit');
  const { programmeId } = await manager.findOneByOrFail(Group, { id: visit.groupId });
  const copiedFrom = await manager.findOneByOrFail(Programme, { id: programmeId });
  const [plan] = await findPlannedVisits(manager, [visit], startsOn, 'input.visit');
  if (!plan) throw new Error(`The visit ${id} has no plan.`);
  return { plan: { ...plan, title: title ?? plan.title }, copiedFrom };
}
