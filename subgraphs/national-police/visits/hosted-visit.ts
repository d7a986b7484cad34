import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { findForChange, notFound } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Hosting } from '../entities/hosting.entity.js';
import type { PoliceUnit } from '../entities/police-unit.entity.js';
import { consentedVisit, type ConsentedVisit } from './check-visit.js';

/** The visit that an offer is for. */
export interface HostedVisit extends ConsentedVisit {
  readonly isRehearsal: boolean;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
}

const factsQuery = `query HostingFacts($visit: ID!) {
  visit(id: $visit) { isRehearsal startsOn endsOn ${consentedVisit} }
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

/**
 * Asks the network for the visit of an offer.
 * @throws HubError `NOT_FOUND` for an unknown offer or visit, `PARTNER_…`
 */
export async function askHostedVisit(
  context: PartnerContext,
  hosting: string,
): Promise<HostedVisit> {
  const { manager } = context.source;
  const { visitId } = await findForChange(manager, Hosting, hosting, 'input.hosting');
  return askVisit(context, visitId, 'input.hosting');
}

/**
 * The unit must exist on the first and the last day of the visit. Unknown dates exclude nothing.
 * @throws HubError `RULE_VIOLATED` CLOSED
 */
export function checkUnitExists(
  { validFrom, validTo }: PoliceUnit,
  { startsOn, endsOn }: HostedVisit,
  argument: string,
): void {
  const existence = { startsOn: validFrom, endsOn: validTo };
  if (![startsOn, endsOn].every((day) => day === null || dates.isWithin(day, existence)))
    violateRule('CLOSED', argument);
}
