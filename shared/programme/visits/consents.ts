import type { GraphQLResolveInfo } from 'graphql';
import { isDeepStrictEqual } from 'node:util';
import { HubError } from '../../errors/hub-error.js';
import { violateRule } from '../../errors/rules.js';
import { isMissing } from '../../policy/context/ask-hub.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { createDecisionReader } from '../../policy/facts.js';
import type { HostingStatus } from '../vocabulary/enums.js';
import { countriesOf, doesConsentHold, type ConsentedPlans } from './plans.js';

export { countriesOf, doesConsentHold, type ConsentedPlans } from './plans.js';

/** The plans of a visit, as a partner requests them from the network. */
export const plansSelection =
  'version hosts { country owner } plans { fromVersion startsOn endsOn hostCountries }';

/**
 * Refuses a consent to other days or hosts than those that the caller has seen.
 * @param seenVersion the version of the visit that the caller has read; null does not check
 * @throws HubError `CONFLICT` with the visit’s `currentVersion`
 */
export function checkPlanSeen(
  { version, plans }: ConsentedPlans,
  seenVersion: number | null | undefined,
): void {
  const plannedIn = Math.max(1, ...(plans ?? []).map(({ fromVersion }) => fromVersion));
  if (seenVersion == null || (plannedIn <= seenVersion && seenVersion <= version)) return;
  throw new HubError('CONFLICT', { currentVersion: version, argument: 'input.visitVersion' });
}

/** @throws HubError `RULE_VIOLATED` HOST_COUNTRY for a visit that an organisation does not host */
export function checkHosted(visit: ConsentedPlans, organisation: string, argument: string): void {
  if (countriesOf(visit, organisation).length === 0)
    violateRule('HOST_COUNTRY', argument, 'VISIT_ELSEWHERE');
}

interface StopConfirmed {
  readonly stopVersion: number;
  readonly confirmedOn: string;
}

/**
 * Refuses to replace a confirmation of the same version of a stop by one of another day or host,
 * unless the caller has seen it.
 * @param recordedOn the day that the caller has seen as recorded; null for none
 * @throws HubError `CONFLICT` with the `currentVersion` of the stop
 */
export function checkConfirmationSeen<Confirmation extends StopConfirmed>(
  known: Confirmation | null,
  given: Confirmation,
  recordedOn: string | null | undefined,
): void {
  const { stopVersion: currentVersion } = given;
  if (known?.stopVersion !== currentVersion || known.confirmedOn === recordedOn) return;
  if (isDeepStrictEqual({ ...known }, given)) return;
  throw new HubError('CONFLICT', { currentVersion, argument: 'input.recordedOn' });
}

/** The plans of a visit. */
const readVisitPlans = createDecisionReader<ConsentedPlans>({
  field: 'visit',
  selection: `{ ${plansSelection} }`,
  read: ({ version, hosts, plans }) => ({
    version: version as number,
    hosts: hosts as ConsentedPlans['hosts'],
    plans: plans as ConsentedPlans['plans'],
  }),
});

/** The plans of the visits to which an expert is assigned, by assignment. */
const readAssignmentPlans = createDecisionReader<ReadonlyMap<string, ConsentedPlans | null>>({
  field: 'expert',
  selection: `{ assignments { id visit { ${plansSelection} } } }`,
  read({ assignments }) {
    const found = (assignments ?? []) as readonly {
      readonly id: string;
      readonly visit: ConsentedPlans | null;
    }[];
    return new Map(found.map(({ id, visit }) => [id, visit]));
  },
});

/** A host’s offer, as far as its confirmation goes. */
interface ConfirmedOffer {
  readonly visitId: string;
  readonly status: HostingStatus;
  readonly confirmedVersion: number | null;
}

/**
 * Whether an offer was confirmed for other days than those of the visit, or for a visit that this
 * organisation does not host any more. The host has to confirm it again.
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
export async function isOfferPutBack(
  context: PartnerContext,
  { visitId, status, confirmedVersion }: ConfirmedOffer,
): Promise<boolean> {
  if (status !== 'CONFIRMED') return false;
  const visit = await readVisitPlans(context, visitId);
  return !doesConsentHold(visit, confirmedVersion, context.partner);
}

/**
 * The status of an offer: `OFFERED` again once it is put back. While nobody knows the days of the
 * visit, what the host decided stands, and the response names the network.
 */
export async function readOfferStatus(
  context: PartnerContext,
  info: GraphQLResolveInfo,
  offer: ConfirmedOffer,
): Promise<HostingStatus> {
  try {
    return (await isOfferPutBack(context, offer)) ? 'OFFERED' : offer.status;
  } catch (error) {
    if (!isMissing(error)) throw error;
    context.missing.note(error, info);
    return offer.status;
  }
}

/** A police force’s decision on a request for its expert, as far as its consent goes. */
interface GrantedLoan {
  readonly assignmentId: string;
  readonly expertId: string;
  readonly loanGranted: boolean;
  readonly grantedVersion: number | null;
}

/**
 * Whether an expert was lent for other days than those of the visit. Her police force has to decide
 * again.
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
export async function isLoanPutBack(
  context: PartnerContext,
  { assignmentId, expertId, loanGranted, grantedVersion }: GrantedLoan,
): Promise<boolean> {
  if (!loanGranted) return false;
  const plans = await readAssignmentPlans(context, expertId);
  return !doesConsentHold(plans?.get(assignmentId), grantedVersion);
}
