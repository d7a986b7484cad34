import { dates } from '@hub/shared/graphql';
import { codes } from '@hub/shared/policy';
import type { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { Visit } from '../entities/visit.entity.js';
import { warn, type Warning } from './warning.js';

/** What the owner of a body or site says of its end. A unit ends by `validTo`, all others close. */
interface Ending {
  readonly validTo?: string | null;
  readonly closedOn?: string | null;
  /** The one that stays, whose end counts. */
  readonly mergedInto?: Ending | null;
}

const withMerged = (end: string): string => `${end} mergedInto { ${end} }`;

/** The bodies that make the offers, and the sites of the stops. */
export const endingFields = {
  hosting: `unit { ${withMerged('validTo')} }`,
  regionalHosting: `office { ${withMerged('closedOn')} }`,
  stops: `stops { id site { ... on NationalSite { ${withMerged('closedOn')} } ... on RegionalSite { ${withMerged('closedOn')} } } }`,
} as const;

export interface OfferEnding {
  readonly id: string;
  readonly unit?: Ending | null;
  readonly office?: Ending | null;
}

export interface StopEnding {
  readonly id: string;
  readonly site?: Ending | null;
}

/** The last day, if it is known and before another one. */
function findEnd(named: Ending | null | undefined, neededOn: string | null): string | undefined {
  const { validTo, closedOn } = named?.mergedInto ?? named ?? {};
  const end = validTo ?? closedOn;
  const lastDay = end == null ? undefined : dates.lastDayOf(end);
  return lastDay !== undefined && neededOn !== null && lastDay < neededOn ? lastDay : undefined;
}

/** Warns of each confirmed offer of a host if the body of none of them exists until the last day. */
export function warnOfClosedHost(
  { id: visitId, title, startsOn, endsOn, departedOn }: Visit,
  host: string,
  confirmed: readonly OfferEnding[],
): Warning[] {
  if (departedOn !== null) return [];
  const values = { owner: host, police: host.toUpperCase(), dueOn: startsOn, title, visitId };
  const ending = confirmed.flatMap(({ id, unit, office }) => {
    const closedOn = findEnd(unit ?? office, endsOn ?? startsOn);
    return closedOn === undefined ? [] : warn('HOST_CLOSED', { ...values, subject: id, closedOn });
  });
  return ending.length === confirmed.length ? ending : [];
}

/** Warns of each stop at a site that closes before its day. */
export function warnOfClosedSites(
  { id: visitId, title, departedOn }: Visit,
  planned: readonly ItineraryStop[],
  endings: readonly StopEnding[],
): Warning[] {
  if (departedOn !== null) return [];
  return planned.flatMap(({ id: subject, day: dueOn }) => {
    const closedOn = findEnd(endings.find(({ id }) => id === subject)?.site, dueOn);
    if (closedOn === undefined) return [];
    const values = { subject, owner: codes.networkCode, dueOn, title, closedOn, visitId };
    return warn('SITE_CLOSED', values);
  });
}
