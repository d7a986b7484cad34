import {
  doesConsentHold,
  type ConsentedPlans,
  type VisitPlan,
} from '../../../../../shared/programme/visits/plans.ts';
import type { LoanStatus } from '../../../generated/graphql.ts';
import type { PageVisit } from './visit-query.ts';

type Assignment = NonNullable<PageVisit['experts']>[number];
type Offer = NonNullable<PageVisit['hostings']>[number];
type RegionalOffer = NonNullable<PageVisit['regionalHostings']>[number];

/** A consent to the days of a visit: an expert is lent, or a host has confirmed. */
export type Consent =
  | { readonly assignment: Assignment; readonly version: number | null }
  | { readonly offer: Offer | RegionalOffer; readonly version: number | null };

const lent: LoanStatus = 'LENT';

/** The consents that hold for the present days of a visit. */
export const consentsOf = ({ experts, hostings, regionalHostings }: PageVisit): Consent[] => [
  ...(experts ?? [])
    .filter(({ status }) => status === lent)
    .map((assignment) => ({ assignment, version: assignment.loanGrantedVersion })),
  ...[...(hostings ?? []), ...(regionalHostings ?? [])]
    .filter(({ status }) => status === 'CONFIRMED')
    .map((offer) => ({ offer, version: offer.confirmedVersion })),
];

/** Of consents that hold, those that end with the plans that the visit has then. */
export const endingBy = (consents: readonly Consent[], visit: ConsentedPlans): readonly Consent[] =>
  consents.filter(({ version }) => !doesConsentHold(visit, version));

type Days = Pick<VisitPlan, 'startsOn' | 'endsOn'>;

/** The plans that a visit has once it is moved to other days. */
export const plansAfter = (
  { version, plans, hostCountries }: PageVisit,
  days: Days,
): ConsentedPlans => {
  const next = { ...days, fromVersion: version + 1, hostCountries: hostCountries ?? [] };
  return { version: version + 1, plans: [...(plans ?? []), next] };
};

/** The stops that count and lie outside these days. The visit cannot move while there are some. */
export const stopsOutside = (
  { stops }: Pick<PageVisit, 'stops'>,
  { startsOn, endsOn }: Days,
): NonNullable<PageVisit['stops']> =>
  (stops ?? []).filter(
    ({ day, status }) =>
      (status === 'PLANNED' || status === 'HELD') &&
      ((startsOn !== null && day < startsOn) || (endsOn !== null && day > endsOn)),
  );
