/** The days and hosts of a visit, from one of its versions to the next plan. */
export interface VisitPlan {
  readonly fromVersion: number;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly hostCountries: readonly string[];
}

/** A country that hosts a visit now, and the organisation that answers for it. */
interface Host {
  readonly country: string;
  readonly owner: string;
}

/**
 * A visit as its consents depend on it: its present version and hosts, and all its plans in any
 * order.
 */
export interface ConsentedPlans {
  readonly version: number;
  readonly hosts?: readonly Host[] | null;
  readonly plans?: readonly VisitPlan[] | null;
}

/** The countries of a visit that an organisation answers for. */
export const countriesOf = ({ hosts }: Pick<ConsentedPlans, 'hosts'>, owner: string): string[] =>
  (hosts ?? []).flatMap((host) => (host.owner === owner ? host.country : []));

/** Unknown days are inside none but unknown days. */
const isInside = (days: VisitPlan, given: VisitPlan): boolean =>
  days.startsOn === null || days.endsOn === null || given.startsOn === null || given.endsOn === null
    ? days.startsOn === given.startsOn && days.endsOn === given.endsOn
    : given.startsOn <= days.startsOn && days.endsOn <= given.endsOn;

/**
 * Whether a consent still holds. It was given for the days of one version of a visit. It ends with
 * the first later plan that is not within these days, or in which the host hosts no more; a return
 * to the old plan does not bring it back. A consent to a version that the visit does not have,
 * because the network was restored from an older copy, is none.
 * @param visit null for one that the network does not know: the consent stands as it was given
 * @param version the version of the visit that the consent was given for; null for a consent from
 * before it was recorded, which counts as given for the oldest known plan
 * @param host the organisation that gave it; undefined for a consent that is not about a place
 */
export function doesConsentHold(
  visit: ConsentedPlans | null | undefined,
  version: number | null,
  host?: string,
): boolean {
  if (!visit) return true;
  if (version !== null && version > visit.version) return false;
  const plans = (visit.plans ?? []).toSorted((one, other) => one.fromVersion - other.fromVersion);
  const index = plans.findLastIndex(({ fromVersion }) => fromVersion <= (version ?? 0));
  const [given, ...later] = plans.slice(Math.max(index, 0));
  if (!given) return false;
  const isHosted = ({ hostCountries }: VisitPlan) =>
    host === undefined || countriesOf(visit, host).some((own) => hostCountries.includes(own));
  return later.every((plan) => isInside(plan, given) && isHosted(plan));
}
