import { findForChange, notFound } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Hosting } from '../entities/hosting.entity.js';
import { consentedVisit, type ConsentedVisit } from './check-visit.js';

/** The visit that an offer is for. */
export interface HostedVisit extends ConsentedVisit {
  readonly isRehearsal: boolean;
}

const factsQuery = `query HostingFacts($visit: ID!) {
  visit(id: $visit) { isRehearsal ${consentedVisit} }
}`;

/**
 * Asks the network for the visit of an offer.
 * @throws HubError `NOT_FOUND` for an unknown offer or visit, `PARTNER_…`
 */
export async function askHostedVisit(
  { askHub, source }: PartnerContext,
  hosting: string,
): Promise<HostedVisit> {
  const { visitId } = await findForChange(source.manager, Hosting, hosting, 'input.hosting');
  const response = await askHub(factsQuery, { visit: visitId });
  return (response['visit'] as HostedVisit | null) ?? notFound('input.hosting');
}
