/** The visits of a group, as the network returns them. */
export type HostedVisits =
  | readonly ({
      readonly hostCountries?: readonly string[] | null;
      readonly cancelledOn?: string | null;
    } | null)[]
  | null;

/** The codes of the countries that host visits, without cancelled ones. */
export function hostsOf(visits: HostedVisits | undefined): ReadonlySet<string> {
  const standing = (visits ?? []).filter((visit) => visit?.cancelledOn == null);
  const countries = standing.flatMap((visit) => visit?.hostCountries ?? []);
  return new Set(countries.map((country) => country.toLowerCase()));
}
