import { violateRule } from '@hub/shared/errors';
import type { dates } from '@hub/shared/graphql';
import { findForChange, notFound } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { consents, sides } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import type { Office } from '../entities/office.entity.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import { checkNotCancelled } from '../groups/group-rules.js';
import { checkOfficeHosts } from '../network/office-rules.js';

/** The visit that an offer is for. */
export interface HostedVisit extends consents.ConsentedPlans {
  readonly isRehearsal: boolean;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly cancelledOn: string | null;
  readonly returnedOn: string | null;
  readonly group: sides.SidesResponse & {
    readonly cancelledOn: string | null;
    readonly programme: dates.Span;
  };
}

const factsQuery = `query RegionalHostingFacts($visit: ID!) {
  visit(id: $visit) {
    isRehearsal startsOn endsOn cancelledOn returnedOn ${consents.plansSelection}
    group { ${sides.selection} cancelledOn programme { startsOn endsOn } }
  }
}`;

/** @throws HubError `NOT_FOUND` with the argument for an unknown visit, `PARTNER_…` */
export async function askVisit(
  { askHub }: PartnerContext,
  visit: string,
  argument: string,
): Promise<HostedVisit> {
  const response = await askHub(factsQuery, { visit });
  return (response['visit'] as HostedVisit | null) ?? notFound(argument);
}

/** @throws HubError `NOT_FOUND` for an unknown offer or visit, `PARTNER_…` */
export async function askHostedVisit(
  context: PartnerContext,
  hosting: string,
): Promise<HostedVisit> {
  const { manager } = context.source;
  const { visitId } = await findForChange(manager, RegionalHosting, hosting, 'input.hosting');
  return askVisit(context, visitId, 'input.hosting');
}

/**
 * Refuses a visit that has returned or was cancelled, or whose group was cancelled.
 * @throws HubError `RULE_VIOLATED` CANCELLED, RETURNED
 */
export function checkNotEnded(visit: HostedVisit, argument: string): void {
  const { cancelledOn, returnedOn, group } = visit;
  checkNotCancelled(group, argument);
  if (cancelledOn !== null) violateRule('CANCELLED', argument);
  if (returnedOn !== null) violateRule('RETURNED', argument);
}

/**
 * In a country that the offices host for, an office that may do so must arrange the visit.
 * @throws HubError `RULE_VIOLATED` HOST_COUNTRY
 */
export function checkArranges(
  manager: EntityManager,
  visit: HostedVisit,
  office: Office,
  argument: string,
): Promise<void> {
  const countries = consents.countriesOf(visit, codes.officesCode);
  return checkOfficeHosts(manager, office, { group: sides.read(visit.group), countries }, argument);
}
