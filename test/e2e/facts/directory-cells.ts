import type { Tree } from '../network/open-hub.js';
import { byId, type FactFile } from './fact-file.js';
import {
  createGlobalId,
  isPolice,
  listOf,
  orNull,
  readCsv,
  upper,
  type CsvRow,
} from './read-csv.js';

const claims = 'claims { property value source preferred note }';
const idOf = createGlobalId();
const eventRoles = readCsv('event-roles.csv').rows;

const precisions: Readonly<Record<number, string>> = { 4: 'year', 7: 'month', 10: 'day' };

/** What the sources’ wordings of a number mean. */
const qualifiers: Readonly<Record<string, string>> = {
  exact: 'EXACT',
  about: 'ABOUT',
  around: 'ABOUT',
  approximately: 'ABOUT',
  '"hundred or so delegates"': 'ABOUT',
  over: 'MORE_THAN',
  'more than': 'MORE_THAN',
  'around (announced)': 'ANNOUNCED',
  invited: 'ANNOUNCED',
  // Two numbers count something else than participants: claims of these properties have them.
  'applications, not participants': 'applications',
  'whole project, on site': 'projectParticipants',
};

/** The file counts those whom the founding document says to have been invited: who came is not stated. */
const wordingOf = ({ event_id, participants_qualifier = '' }: CsvRow): string =>
  event_id === 'mp-1' ? 'invited' : participants_qualifier;

const events: FactFile = {
  file: 'events.csv',
  query: `{ events(first: 100) { nodes { id title kind startsOn endsOn venue city country countries series note source
    workingLanguages targetGroup partOf { id } participants { value qualifier } roles { role party { id } } ${claims} } } }`,
  compare: ({ events: { nodes } }) => {
    const found = byId(nodes);
    return (row) => {
      const event = found.get(idOf(row.event_id) ?? '') ?? {};
      const { participants } = event;
      const date: string | null = event.startsOn ?? event.endsOn;
      const counted = event.claims?.find(
        ({ value, property }: Tree) => value === row.participants && property !== 'participants',
      );
      const rolesOf = (org: string): string[] =>
        event.roles
          ?.filter(({ party }: Tree) => party?.id === idOf(org))
          .map(({ role }: Tree) => role) ?? [];
      const organisers = listOf(row.organiser_org_ids);
      // Where a pair has rows of its own, its roles are exactly those.
      const stated = (org: string) =>
        eventRoles
          .filter(({ event_id, org_id }) => event_id === row.event_id && org_id === org)
          .map(({ role = '' }) => role.toUpperCase());
      const countries = listOf(row.country);
      return {
        event_id: [idOf(row.event_id), event.id],
        title: [row.title, event.title],
        kind: [upper(row.kind), event.kind],
        start_date: [orNull(row.start_date), event.startsOn],
        end_date: [orNull(row.end_date), event.endsOn],
        date_precision: [row.date_precision, date === null ? 'unknown' : precisions[date?.length]],
        venue: [orNull(row.venue), event.venue],
        city: [orNull(row.city), event.city],
        country: [
          countries.length > 0 ? [countries, countries.length > 1 ? null : countries[0]] : null,
          event.countries && [event.countries, event.country],
        ],
        organiser_org_ids: [
          organisers.map((org) => (stated(org).length > 0 ? stated(org) : ['ORGANISER'])),
          organisers.map(rolesOf),
        ],
        participants: [
          orNull(row.participants),
          participants ? String(participants.value) : (counted?.value ?? null),
        ],
        participants_qualifier: [
          qualifiers[wordingOf(row)] ?? null,
          participants?.qualifier ?? counted?.property ?? null,
        ],
        working_language: [listOf(row.working_language), event.workingLanguages],
        target_group: [orNull(row.target_group), event.targetGroup],
        parent_event_id: [idOf(row.parent_event_id), event.partOf?.id ?? null],
        series: [orNull(row.series), event.series],
        source_url: [orNull(row.source_url), event.source],
        notes: [orNull(row.notes), event.note],
      };
    };
  },
};

const organisations: FactFile = {
  file: 'organisations.csv',
  query: `{ organisations(first: 100) { nodes { id name acronym variants kind country city foundedOn roleInField source note parent { id } } }
    policeUnits { id name acronym variants kind country city validFrom note source parent { id } superior { id } } }`,
  compare: ({ organisations: { nodes }, policeUnits }) => {
    const found = byId([...nodes, ...policeUnits]);
    return (row) => {
      const body = found.get(idOf(row.org_id) ?? '') ?? {};
      // What is only prose of a police unit is its note: the role first.
      const prose = [row.role_in_programme_or_field, row.notes].filter(Boolean).join('. ') || null;
      const isUnit = isPolice(row);
      return {
        org_id: [idOf(row.org_id), body.id],
        name: [row.name, body.name],
        acronym: [orNull(row.acronym), body.acronym],
        name_variants: [listOf(row.name_variants), body.variants],
        kind: [row.kind, body.kind],
        country: [orNull(row.country), body.country],
        city: [orNull(row.city), body.city],
        founded: [orNull(row.founded), isUnit ? body.validFrom : body.foundedOn],
        parent_org_id: [
          idOf(row.parent_org_id),
          (isUnit ? body.superior?.id : body.parent?.id) ?? null,
        ],
        role_in_programme_or_field: isUnit
          ? [prose, body.note]
          : [orNull(row.role_in_programme_or_field), body.roleInField],
        source_url: [orNull(row.source_url), body.source],
        notes: isUnit ? [prose, body.note] : [orNull(row.notes), body.note],
      };
    };
  },
};

/** How well a date of an office is known: its length, and what the claim about it notes. */
function precisionOf(office: Tree, property: 'openedOn' | 'closedOn'): string | null {
  const date: string | null = office[property];
  if (date === null) return null;
  const note: string =
    office.claims.find(
      (claim: Tree) => claim.property === property && claim.value === date && claim.preferred,
    )?.note ?? '';
  if (note === 'spring') return 'season_spring';
  if (note.includes('early in')) return 'year_early';
  if (note.startsWith('the day of the decision')) return 'decision_day';
  return precisions[date.length] ?? null;
}

const offices: FactFile = {
  file: 'offices.csv',
  query: `{ offices { id name kind city country openedOn closedOn parent { id } variants roleInField source note ${claims} } }`,
  compare: ({ offices: nodes }) => {
    const found = byId(nodes);
    return (row) => {
      const office = found.get(idOf(row.office_id) ?? '') ?? {};
      return {
        office_id: [idOf(row.office_id), office.id],
        name: [row.name, office.name],
        kind: [upper(row.kind), office.kind],
        city: [orNull(row.city), office.city],
        country: [orNull(row.country), office.country],
        opened: [orNull(row.opened), office.openedOn],
        opened_precision: [orNull(row.opened_precision), precisionOf(office, 'openedOn')],
        closed: [orNull(row.closed), office.closedOn],
        closed_precision: [orNull(row.closed_precision), precisionOf(office, 'closedOn')],
        parent_office_id: [idOf(row.parent_office_id), office.parent?.id ?? null],
        name_variants: [listOf(row.name_variants), office.variants],
        role: [orNull(row.role), office.roleInField],
        source_url: [orNull(row.source_url), office.source],
        notes: [orNull(row.notes), office.note],
      };
    };
  },
};

const sectors: Readonly<Record<string, string>> = {
  ngo_social: 'NGO',
  social_health: 'SOCIAL',
  parliament: 'GOVERNMENT',
  municipality: 'GOVERNMENT',
  intergovernmental: 'GOVERNMENT',
};

const site =
  'id name kind sector city country evidence visitedOn source note organisation { id } event { id }';

const sites: FactFile = {
  file: 'sites.csv',
  query: `{ nationalSites { ${site} unit { id } } regionalSites { ${site} } }`,
  compare: ({ nationalSites, regionalSites }) => {
    const found = byId([...nationalSites, ...regionalSites]);
    return (row) => {
      const { site_id = '', sector = '', country = '' } = row;
      const id = `${country === 'RU' ? 'ncm' : country.toLowerCase()}:${site_id}`;
      const place = found.get(id) ?? {};
      return {
        site_id: [id, place.id],
        name: [row.name, place.name],
        kind: [orNull(row.kind), place.kind],
        sector: [sectors[sector] ?? upper(sector), place.sector],
        city: [orNull(row.city), place.city],
        country: [country, place.country],
        org_id: [idOf(row.org_id), place.unit?.id ?? place.organisation?.id ?? null],
        evidence_status: [
          row.evidence_status === 'relevant_host_not_documented'
            ? 'RELEVANT_HOST'
            : upper(row.evidence_status),
          place.evidence,
        ],
        event_id: [idOf(row.event_id), place.event?.id ?? null],
        visited_on: [orNull(row.visited_on), place.visitedOn],
        source_url: [orNull(row.source_url), place.source],
        notes: [orNull(row.notes), place.note],
      };
    };
  },
};

const allClaims: FactFile = {
  file: 'claims.csv',
  query: `{ network { ${claims} } events(first: 100) { nodes { id ${claims} } } organisations(first: 100) { nodes { id ${claims} } }
    offices { id ${claims} } policeUnits { id ${claims} } }`,
  compare: (data) => {
    const found = byId([
      ...data.events.nodes,
      ...data.organisations.nodes,
      ...data.offices,
      ...data.policeUnits,
    ]);
    const { rows } = readCsv('claims.csv');
    return (row, index) => {
      const id = idOf(row.subject);
      const subject = found.get(id ?? '') ?? {};
      const place = rows.slice(0, index).filter((other) => other.subject === row.subject).length;
      const claim: Tree = subject.claims?.[place] ?? {};
      // The network is its organisation too.
      const isTwice = id !== 'nbnp:nbnp' || data.network.claims[place]?.value === claim.value;
      return {
        subject: [id, isTwice ? subject.id : null],
        property: [row.property, claim.property],
        value: [row.value, claim.value],
        source_url: [orNull(row.source_url), claim.source],
        preferred: [row.preferred === 'true', claim.preferred],
        note: [orNull(row.note), claim.note],
      };
    };
  },
};

/** Events, bodies, places, and what single sources claim about them. */
export const directoryFiles: readonly FactFile[] = [
  events,
  organisations,
  offices,
  sites,
  allClaims,
];
