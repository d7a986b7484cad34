/** The days and hosts of a visit, from one of its versions to the next plan. */
export interface VisitPlan {
  readonly fromVersion: number;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly hostCountries: readonly string[];
}

/** Unknown days are inside none but unknown days. */
const isInside = (days: VisitPlan, given: VisitPlan): boolean =>
  days.startsOn === null || days.endsOn === null || given.startsOn === null || given.endsOn === null
    ? days.startsOn === given.startsOn && days.endsOn === given.endsOn
    : given.startsOn <= days.startsOn && days.endsOn <= given.endsOn;

/**
 * Whether a consent still holds. It was given for the days of one version of a visit. It ends with
 * the first later plan that is not within these days, or in which the country hosts no more; a
 * return to the old plan does not bring it back.
 * @param plans all plans of the visit, oldest first
 * @param version the version of the visit that the consent was given for; null for a consent from
 * before it was recorded, which counts as given for the oldest known plan
 * @param country the host that gave it; undefined for a consent that is not about a place
 */
export function doesConsentHold(
  plans: readonly VisitPlan[],
  version: number | null,
  country?: string,
): boolean {
  const index = plans.findLastIndex(({ fromVersion }) => fromVersion <= (version ?? 0));
  const [given, ...later] = plans.slice(Math.max(index, 0));
  if (!given) return true;
  return later.every(
    (plan) =>
      isInside(plan, given) && (country === undefined || plan.hostCountries.includes(country)),
  );
}
