import { HubError, refuseInput, violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { createId, notFound } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { In, Not, type EntityManager } from 'typeorm';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { Visit } from '../entities/visit.entity.js';
import { VisitHost } from '../entities/visit.entity.js';
import { StopStatus } from '../entities/vocabulary.js';
import type { GroupForChange } from '../groups/group-for-change.js';
import { insertStop, type NewStop } from '../itineraries/add-itinerary-stop.js';
import { checkSite, checkSiteOwner, isOpenOn, type KnownSite } from '../itineraries/check-site.js';
import { answerHosts } from '../sides/answer-hosts.js';
import { insertVisit, type NewVisit } from '../visits/schedule-visit.js';

type PlannedStop = Required<Omit<NewStop, 'visit'>>;

/** What a copy carries of a visit: its plan on other days. */
export interface PlannedVisit extends Required<Omit<NewVisit, 'group'>> {
  readonly stops: readonly PlannedStop[];
}

/** The days between two days; negative if the second is earlier. */
const daysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000;

function refuseFirstDay(message: string): never {
  refuseInput('input.startsOn', message);
}

/**
 * Finds the plans of visits, the first of which is to begin on another day. The others and all
 * stops move by as many days.
 * @throws HubError `BAD_USER_INPUT` for a visit without days, visits without a new first day, and a
 * day later than a `Date` can be
 */
export async function findPlannedVisits(
  manager: EntityManager,
  visits: readonly Visit[],
  firstDay: string | null | undefined,
  argument: string,
): Promise<PlannedVisit[]> {
  const dated = visits
    .map(({ startsOn, endsOn, ...visit }) => {
      if (startsOn !== null && endsOn !== null) return { ...visit, startsOn, endsOn };
      refuseInput(argument, 'A visit without a first and a last day cannot be moved to others.');
    })
    .toSorted((one, other) => (one.startsOn < other.startsOn ? -1 : 1));
  const [first] = dated;
  if (!first) return [];
  if (firstDay == null)
    refuseFirstDay('A group with visits needs the new first day of the first one.');
  const days = daysBetween(first.startsOn, firstDay);
  const move = (day: string): string => {
    const moved = dates.addDays(day, days);
    if (daysBetween(day, moved) === days) return moved;
    return refuseFirstDay('The copy must not go on after 9999-12-31.');
  };
  const visitId = In(dated.map(({ id }) => id));
  const order = { position: 'ASC' } as const;
  const hosts = await manager.find(VisitHost, { where: { visitId }, order });
  const stops = await manager.findBy(ItineraryStop, {
    visitId,
    status: Not(StopStatus.CALLED_OFF),
  });
  return dated.map(({ id, title, startsOn, endsOn, practicalInformation }) => {
    const hostCountries = hosts.flatMap((host) => (host.visitId === id ? host.country : []));
    // A stop that was not held may name a country that hosts no more.
    const own = stops.filter(
      (stop) => stop.visitId === id && hostCountries.includes(stop.hostCountry),
    );
    return {
      title,
      startsOn: move(startsOn),
      endsOn: move(endsOn),
      practicalInformation,
      hostCountries,
      stops: own.map((stop) => planStop(stop, move(stop.day))),
    };
  });
}

/** The compiler asks for each field that a stop can plan. Whoever receives the group is a person. */
const planStop = (stop: ItineraryStop, day: string): PlannedStop => ({
  hostCountry: stop.hostCountry,
  day,
  from: stop.from,
  to: stop.to,
  title: stop.title,
  sector: stop.sector,
  site: stop.siteId,
  address: stop.address,
  city: stop.city,
  meetingPoint: stop.meetingPoint,
  contactOnTheSpot: null,
  note: stop.note,
});

type Between = Pick<GroupForChange, 'sides' | 'programme'>;

const siteFields = 'id city isRehearsal closedOn mergedInto { id }';

/** What others say of the visits to copy. */
export interface VisitFacts {
  /** The countries whose police forces are in the network. */
  readonly members: ReadonlySet<string>;
  readonly sites: readonly KnownSite[];
}

/**
 * Asks for the sites of stops, once in each country that has one.
 * @throws HubError `PARTNER_…`; `NOT_FOUND`; `RULE_VIOLATED` SITE_ELSEWHERE
 */
export async function askSites(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  visits: readonly PlannedVisit[],
  { sides }: Between,
  members: ReadonlySet<string>,
): Promise<KnownSite[]> {
  const asked = new Map<string, VisitHost>();
  for (const { hostCountries, stops } of visits) {
    const hosts = answerHosts('', hostCountries, sides, members);
    for (const { hostCountry, site } of stops) {
      const host = hosts.find(({ country }) => country === hostCountry);
      if (!host || site === null) continue;
      checkSiteOwner(site, host.owner, nameSite(site));
      asked.set(host.owner, host);
    }
  }
  const sites: KnownSite[] = [];
  for (const { owner, country } of asked.values()) {
    const response =
      owner === codes.officesCode
        ? await askHub(
            `query RegionalSitesToCopy {
              sites: regionalSites(rehearsals: true, merged: true) { ${siteFields} } }`,
          )
        : await askHub(
            `query SitesToCopy($country: CountryCode!) {
              sites: nationalSites(filter: { country: $country, rehearsals: true, merged: true }) {
                ${siteFields} } }`,
            { country },
          );
    if (!response['sites']) throw new HubError('PARTNER_UNAVAILABLE', { partner: owner });
    sites.push(...(response['sites'] as readonly KnownSite[]));
  }
  return sites;
}

/** The argument of a refused site, which no input names. */
const nameSite = (id = ''): string => `input.site.${id}`;

/** Writes a visit of a group with its stops. A site that is closed by then leaves its city. Its hosts are asked anew, and nothing is confirmed. */
export async function insertPlannedVisit(
  manager: EntityManager,
  context: PartnerContext,
  { group, sides, programme }: Between & Pick<GroupForChange, 'group'>,
  { stops, ...plan }: PlannedVisit,
  { members, sites }: VisitFacts,
): Promise<Visit> {
  const id = createId(context);
  const hosts = answerHosts(id, plan.hostCountries, sides, members);
  const visit = await insertVisit(manager, id, { ...plan, group: group.id }, hosts);
  for (const stop of stops) {
    const host =
      hosts.find(({ country }) => country === stop.hostCountry) ??
      violateRule('HOST_COUNTRY', 'input.hostCountries', 'STOP_ABROAD');
    const { site, ...place } = findPlace(stop, sites);
    checkSiteOwner(site?.id, host.owner, nameSite(site?.id));
    checkSite(site, programme, stop.day, nameSite(site?.id));
    const planned = { ...stop, ...place, visit: id, site: site?.id ?? null };
    await insertStop(manager, createId(context), planned, host);
  }
  return visit;
}

/** Where a stop of the copy is: at its site, or in the city of a site that is closed by then. */
function findPlace({ site: id, city, day }: PlannedStop, sites: readonly KnownSite[]) {
  const site = findSite(id, sites);
  if (site === null || isOpenOn(site, day)) return { site, city };
  return { site: null, city: city ?? site.city };
}

/**
 * The site, or the one that it was merged into in the end.
 * @throws HubError `NOT_FOUND`; `PARTNER_INVALID_RESPONSE` for sites that are merged in a circle
 */
function findSite(id: string | null | undefined, sites: readonly KnownSite[]): KnownSite | null {
  const seen = new Set<string>();
  for (let next = id; next != null && !seen.has(next);) {
    const site = sites.find((one) => one.id === next) ?? notFound(nameSite(next));
    if (!site.mergedInto) return site;
    seen.add(next);
    next = site.mergedInto.id;
  }
  if (id == null) return null;
  throw new HubError('PARTNER_INVALID_RESPONSE', { partner: codes.ownerOf(id) });
}
