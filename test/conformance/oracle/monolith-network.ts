import { contains, daysOf, isSame, page, sortBy, type Key } from './lists.js';
import { contactResolvers } from './monolith-contacts.js';
import { groupResolvers } from './monolith-groups.js';
import { isRehearsed } from './monolith-rehearsals.js';
import { sourceResolvers } from './monolith-sources.js';
import { formalityResolvers } from './open-formalities.js';
import { ownerOf, referTo, type Resolvers } from './resolvers.js';
import type { Row, Rows } from './rows.js';

const dayMs = 24 * 60 * 60 * 1000;

/** The claims of all organisations with their subjects, in the order of the facts. */
const claimsIn = ({ network, offices, police }: Rows): Row[] =>
  [
    sortBy(network.claims ?? [], 'subject_id', 'position'),
    sortBy(offices.claims ?? [], 'id'),
    sortBy(police.claims ?? [], 'unit_id', 'position'),
  ].flatMap((rows) =>
    rows.map((row) => ({ ...row, subject: row.subject_id ?? row.office_id ?? row.unit_id })),
  );

/** @param allRows those of the polices that are away too: the network asks them by another hub */
export function networkResolvers(
  rows: Rows,
  away: readonly string[],
  allRows: Rows = rows,
): Resolvers {
  const { network, offices, police } = rows;
  const rowsOf = (name: string): readonly Row[] => network[name] ?? [];
  const find = (table: string, id: unknown) => rowsOf(table).find((row) => row.id === id);
  const unit = (id: string | null) => referTo('PoliceUnit', police.police_units, id, away);
  const party = (id: string | null): Row | null => {
    if (id === null) return null;
    const tagged = (__typename: string, row: Row | undefined) =>
      row ? { __typename, ...row } : null;
    if (ownerOf(id) === 'nbnp') return tagged('Organisation', find('organisations', id));
    if (ownerOf(id) === 'ncm')
      return tagged(
        'Office',
        offices.offices?.find((row) => row.id === id),
      );
    return unit(id);
  };
  const claimsOf = (subject: string) =>
    sortBy(
      rowsOf('claims').filter((row) => row.subject_id === subject),
      'position',
    );
  const termsOf = (body: string) =>
    sortBy(
      rowsOf('spokesmanships').filter((row) => row.body_id === body),
      'position',
    );
  const isListed = ({ programme_id }: Row, rehearsals: unknown) =>
    rehearsals === true || !isRehearsed(allRows, programme_id);
  const eventsOf = ({ id }: Row, { role, rehearsals }: Row) =>
    sortBy(
      rowsOf('events').filter(
        (event) =>
          isListed(event, rehearsals) &&
          rowsOf('party_roles').some(
            (each) =>
              each.party_id === id &&
              each.event_id === event.id &&
              (role == null || each.role === role),
          ),
      ),
      'id',
    );
  const rolesOf =
    (column: string) =>
    ({ id }: Row, { role }: Row) =>
      sortBy(
        rowsOf('party_roles').filter(
          (row) => row[column] === id && (role == null || row.role === role),
        ),
        'position',
      );
  const countriesOf = ({ id }: Row) =>
    sortBy(
      rowsOf('event_countries').filter((row) => row.event_id === id),
      'position',
    ).map(({ country }) => country as string);

  return {
    ...groupResolvers(rows, away),
    ...formalityResolvers(rows, away),
    ...contactResolvers(allRows, party),
    ...sourceResolvers(rowsOf, party, claimsIn(allRows)),
    'Query.network': () => rowsOf('networks')[0],
    'Query.programmes': () => sortBy(rowsOf('programmes'), 'id'),
    'Query.programme': (_, { id }) => find('programmes', id),
    'Query.event': (_, { id }) => find('events', id),
    'Query.organisation': (_, { id }) => find('organisations', id),
    'Query.party': (_, { id }) => party(id),
    'Query.events': (_, { filter, ...paging }, note) => {
      const { from, to, rehearsals } = (filter ?? {}) as Row;
      if (from != null && to != null && daysOf(from as string)[0] > daysOf(to as string)[1]) {
        note.badInput('nbnp');
        return null;
      }
      const found = rowsOf('events').filter(
        (event) =>
          isListed(event, rehearsals) &&
          isAsked(event, (filter ?? {}) as Row, {
            countries: countriesOf(event),
            roles: rolesOf('event_id')(event, {}),
            represented: rowsOf('representations').filter(({ event_id }) => event_id === event.id),
          }),
      );
      return page(sortBy(found, 'starts_on', 'id'), paging, {
        keysOf: ({ starts_on, id }) => [starts_on as Key, id as Key],
      });
    },
    'Query.organisations': (_, { filter, ...paging }) => {
      const { country, kind, search } = (filter ?? {}) as Row;
      const found = rowsOf('organisations').filter(
        (row) =>
          (country == null || row.country === country) &&
          (kind == null || row.kind === kind) &&
          (search == null || contains(search, row.name, row.acronym, ...row.variants)),
      );
      return page(sortBy(found, 'id'), paging);
    },
    'Network.members': () => sortBy(rowsOf('memberships'), 'country'),
    'Network.claims': ({ id }) => claimsOf(id),
    'Network.spokesmanships': ({ id }) => termsOf(id),
    'Network.spokesmanship': ({ id }, { on }) => {
      const day = (on as string | null) ?? new Date().toISOString().slice(0, 10);
      const terms = termsOf(id).filter(
        ({ answers_from, answers_to }) =>
          answers_from !== null && answers_from <= day && answers_to !== null && answers_to >= day,
      );
      return sortBy(terms, 'answers_from').at(-1);
    },
    'Membership.contact': ({ contact_id }) => unit(contact_id),
    'Membership.claims': ({ country }) => claimsOf(`membership:${country}`),
    'Spokesmanship.unit': ({ unit_id }) => unit(unit_id),

    'Organisation.parent': ({ parent_id }) => party(parent_id),
    'Organisation.chairs': ({ id }) => (termsOf(id).length > 0 ? termsOf(id) : null),
    'Organisation.claims': ({ id }) => claimsOf(id),
    'Organisation.events': eventsOf,
    'Office.events': eventsOf,
    'PoliceUnit.events': eventsOf,
    'PoliceUnit.superior': ({ id }) => party(find('police_units', id)?.superior_id ?? null),
    'PartyRole.party': ({ party_id }) => party(party_id),

    'Event.durationDays': ({ starts_on: start, ends_on: end }) => {
      const last = (end ?? start) as string | null;
      if (start?.length !== 10 || last?.length !== 10) return null;
      return Math.round((Date.parse(last) - Date.parse(start)) / dayMs) + 1;
    },
    'Event.countries': (event) => (countriesOf(event).length > 0 ? countriesOf(event) : null),
    'Event.roles': rolesOf('event_id'),
    'Event.participants': ({ participants_value: value, participants_qualifier: qualifier }) =>
      value === null ? null : { value, qualifier },
    'Event.partOf': ({ part_of_id }) => find('events', part_of_id),
    'Event.parts': ({ id }, { rehearsals }) =>
      sortBy(
        rowsOf('events').filter((row) => row.part_of_id === id && isListed(row, rehearsals)),
        'id',
      ),
    'Event.programme': ({ programme_id }) => find('programmes', programme_id),
    'Event.claims': ({ id }) => claimsOf(id),

    'Programme.roles': rolesOf('programme_id'),
    'Programme.events': ({ id }) =>
      sortBy(
        rowsOf('events').filter((row) => row.programme_id === id),
        'id',
      ),
    'Programme.areasToInvolve': ({ areas_to_involve }) =>
      (areas_to_involve as string[] | null)?.map((code) =>
        offices.regions?.find((row) => row.code === code),
      ),
  };
}

const searched = ['title', 'city', 'venue', 'series', 'aim', 'note'];
const textOf = (row: Row, key: string) => row[key] as string | null;

/** Where an event was, and who took part. */
interface EventParts {
  readonly countries: readonly string[];
  readonly roles: readonly Row[];
  readonly represented: readonly Row[];
}

function isAsked(
  event: Row,
  { programme, kind, country, organiser, role, city, series, from, to, search, ...took }: Row,
  { countries, roles, represented }: EventParts,
): boolean {
  const start = event.starts_on as string | null;
  const end = (event.ends_on as string | null) ?? start;
  return (
    (programme == null || event.programme_id === programme) &&
    (kind == null || event.kind === kind) &&
    (country == null || countries.includes(country as string)) &&
    (city == null || isSame(city as string, textOf(event, 'city'))) &&
    (series == null || isSame(series as string, textOf(event, 'series'))) &&
    (took.represented == null || represented.some((row) => row.country === took.represented)) &&
    (took.party == null ||
      [...roles, ...represented].some(({ party_id }) => party_id === took.party)) &&
    ((organiser == null && role == null) ||
      roles.some(
        (played) =>
          played.role === (role ?? 'ORGANISER') &&
          (organiser == null || played.party_id === organiser),
      )) &&
    (from == null || end === null || daysOf(end)[1] >= daysOf(from as string)[0]) &&
    (to == null || start === null || daysOf(start)[0] <= daysOf(to as string)[1]) &&
    (search == null || contains(search as string, ...searched.map((key) => textOf(event, key))))
  );
}
