import { contains, page, sortBy } from './lists.js';
import { ownerOf, type Resolvers } from './resolvers.js';
import type { Row } from './rows.js';

/** The order in which a list was written down. */
const inOrder = (rows: readonly Row[], column: string, id: unknown) =>
  sortBy(
    rows.filter((row) => row[column] === id),
    'position',
  );

/** What the sources say: statements, outcomes, who was represented, links, planned journeys. */
export function sourceResolvers(
  rowsOf: (table: string) => readonly Row[],
  party: (id: string | null) => Row | null,
  claims: readonly Row[],
): Resolvers {
  const find = (table: string, id: unknown) => rowsOf(table).find((row) => row.id === id);
  const isInvented = ({ programme_id, event_id }: Row): boolean => {
    const programme = programme_id ?? find('events', event_id)?.programme_id;
    return find('programmes', programme)?.is_rehearsal === true;
  };
  const countriesOf = ({ id }: Row) =>
    inOrder(rowsOf('statement_countries'), 'statement_id', id).map(
      ({ country }) => country as string,
    );
  const statementsOf =
    (column: string) =>
    ({ id }: Row, { kind }: Row) =>
      sortBy(
        rowsOf('statements').filter(
          (row) => row[column] === id && (kind == null || row.kind === kind),
        ),
        'id',
      );
  /** What the sources of all organisations state differently. */
  const contradictionsOf = ({ subject, property, owner }: Row): Row[] => {
    const ownerOfClaim = (id: string) => (id.startsWith('membership:') ? 'nbnp' : ownerOf(id));
    const wanted = claims.filter(
      (row) =>
        (subject == null || row.subject === subject) &&
        (property == null || row.property === property) &&
        (owner == null || ownerOfClaim(row.subject as string) === owner),
    );
    const keys = new Set(wanted.map((row) => JSON.stringify([row.subject, row.property])));
    const all = [...keys].map((key): Row => {
      const [of, what] = JSON.parse(key) as string[];
      const own = wanted.filter((row) => row.subject === of && row.property === what);
      return { subject: of, property: what, claims: own };
    });
    const isContradiction = (row: Row) =>
      (row.claims as Row[]).some(({ value }) => value !== (row.claims as Row[])[0]?.value);
    return sortBy(all.filter(isContradiction), 'subject', 'property');
  };
  const subjects = {
    Programme: ['programme_id', 'programmes'],
    Event: ['event_id', 'events'],
    Organisation: ['organisation_id', 'organisations'],
  } as const;
  return {
    'Query.statements': (_, { filter, ...paging }) => {
      const { about, kind, country, search, rehearsals } = (filter ?? {}) as Row;
      const found = rowsOf('statements').filter(
        (row) =>
          (rehearsals === true || !isInvented(row)) &&
          (about == null ||
            [row.programme_id, row.event_id, row.organisation_id].includes(about)) &&
          (kind == null || row.kind === kind) &&
          (country == null || countriesOf(row).includes(country as string)) &&
          (search == null || contains(search as string, row.text as string)),
      );
      return page(sortBy(found, 'id'), paging);
    },
    'Query.claims': (_, { filter }) => contradictionsOf((filter ?? {}) as Row),
    'Contradiction.event': ({ subject }) => find('events', subject),
    'Contradiction.party': ({ subject }) =>
      String(subject).startsWith('membership:') || find('events', subject)
        ? null
        : party(subject as string),
    'Statement.countries': countriesOf,
    'Statement.subject': (statement) => {
      for (const [__typename, [column, table]] of Object.entries(subjects)) {
        const row = find(table, statement[column]);
        if (row) return { __typename, ...row };
      }
      return null;
    },
    'Event.statements': statementsOf('event_id'),
    'Organisation.statements': statementsOf('organisation_id'),
    'Network.statements': statementsOf('organisation_id'),
    'Programme.statements': statementsOf('programme_id'),
    'Event.outcomes': ({ id }) =>
      sortBy(
        rowsOf('outcomes').filter((row) => row.event_id === id),
        'id',
      ),
    'Outcome.event': ({ event_id }) => find('events', event_id),
    'Outcome.leadsTo': ({ leads_to_id }) => find('events', leads_to_id),
    'Outcome.mandated': ({ id }) =>
      inOrder(rowsOf('outcome_mandates'), 'outcome_id', id).map(({ party_id }) =>
        party(party_id as string),
      ),
    'Event.represented': ({ id }) => inOrder(rowsOf('representations'), 'event_id', id),
    'Representation.party': ({ party_id }) => party(party_id as string | null),
    'Event.links': ({ id }) => inOrder(rowsOf('links'), 'event_id', id),
    'Organisation.links': ({ id }) => inOrder(rowsOf('links'), 'organisation_id', id),
    'Programme.plannedJourneys': ({ id }) =>
      inOrder(rowsOf('planned_journeys'), 'programme_id', id),
    'Programme.sectorsFor': ({ sectors_by_direction, sectors_to_show }, { direction }) =>
      (sectors_by_direction as Record<string, string[]> | null)?.[direction as string] ??
      sectors_to_show,
  };
}
