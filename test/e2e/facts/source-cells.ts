import type { Tree } from '../network/open-hub.js';
import { byId, type FactFile } from './fact-file.js';
import { createGlobalId, listOf, orNull, readCsv, upper, type CsvRow } from './read-csv.js';

const idOf = createGlobalId();

const statements: FactFile = {
  file: 'statements.csv',
  query: `{ statements(first: 100) { nodes { id kind text countries traffickingRoles primaryRole source place
    subject { ... on Programme { id } ... on Event { id aim } ... on Organisation { id } } } } }`,
  compare: ({ statements: { nodes } }) => {
    const found = byId(nodes);
    const eventIds = readCsv('events.csv').rows.map(({ event_id }) => event_id);
    return (row) => {
      const statement = found.get(idOf(row.statement_id) ?? '') ?? {};
      const isAim = row.kind === 'aim' && eventIds.includes(row.about);
      return {
        statement_id: [idOf(row.statement_id), statement.id],
        about: [idOf(row.about), statement.subject?.id],
        kind: [upper(row.kind), statement.kind],
        text: [
          [row.text, isAim ? row.text : null],
          [statement.text, isAim ? statement.subject?.aim : null],
        ],
        countries: [listOf(row.countries), statement.countries],
        trafficking_roles: [listOf(row.trafficking_roles).map(upper), statement.traffickingRoles],
        primary_role: [upper(row.primary_role), statement.primaryRole],
        source_url: [row.source_url, statement.source],
        place: [orNull(row.place), statement.place],
      };
    };
  },
};

const roles: FactFile = {
  file: 'event-roles.csv',
  query: '{ events(first: 100) { nodes { id roles { role source note party { id } } } } }',
  compare: ({ events: { nodes } }) => {
    const found = byId(nodes);
    return (row) => {
      const event = found.get(idOf(row.event_id) ?? '') ?? {};
      const ofParty =
        event.roles?.filter(({ party }: Tree) => party?.id === idOf(row.org_id)) ?? [];
      const role = ofParty.find((each: Tree) => each.role === upper(row.role)) ?? {};
      return {
        event_id: [idOf(row.event_id), event.id],
        org_id: [idOf(row.org_id), role.party?.id],
        role: [upper(row.role), role.role],
        source_url: [row.source_url, role.source],
        note: [orNull(row.note), role.note],
      };
    };
  },
};

const outcomes: FactFile = {
  file: 'outcomes.csv',
  query:
    '{ events(first: 100) { nodes { id outcomes { id kind title source event { id } mandated { id } leadsTo { id } } } } }',
  compare: ({ events: { nodes } }) => {
    const found = byId(nodes.flatMap((event: Tree) => event.outcomes));
    return (row) => {
      const outcome = found.get(idOf(row.outcome_id) ?? '') ?? {};
      return {
        outcome_id: [idOf(row.outcome_id), outcome.id],
        event_id: [idOf(row.event_id), outcome.event?.id],
        kind: [upper(row.kind), outcome.kind],
        title: [row.title, outcome.title],
        mandated_org_ids: [
          listOf(row.mandated_org_ids).map(idOf),
          outcome.mandated?.map((party: Tree) => party?.id),
        ],
        leads_to_event_id: [idOf(row.leads_to_event_id), outcome.leadsTo?.id ?? null],
        source_url: [row.source_url, outcome.source],
      };
    };
  },
};

/** Rows without ids of their own are those of their subject, in the order of the file. */
function indexAmong(file: string, column: string): (row: CsvRow, index: number) => number {
  const { rows } = readCsv(file);
  return (row, index) =>
    rows.slice(0, index).filter((other) => other[column] === row[column]).length;
}

const representations: FactFile = {
  file: 'representations.csv',
  query: '{ events(first: 100) { nodes { id represented { what country source party { id } } } } }',
  compare: ({ events: { nodes } }) => {
    const found = byId(nodes);
    const indexOf = indexAmong('representations.csv', 'event_id');
    return (row, index) => {
      const event = found.get(idOf(row.event_id) ?? '') ?? {};
      const represented = event.represented?.[indexOf(row, index)] ?? {};
      return {
        event_id: [idOf(row.event_id), event.id],
        what: [row.what, represented.what],
        country: [orNull(row.country), represented.country],
        org_id: [idOf(row.org_id), represented.party?.id ?? null],
        source_url: [row.source_url, represented.source],
      };
    };
  },
};

const links: FactFile = {
  file: 'links.csv',
  query: `{ events(first: 100) { nodes { id links { url label } } } organisations(first: 100) { nodes { id links { url label } } } }`,
  compare: ({ events: { nodes }, organisations: { nodes: bodies } }) => {
    const found = byId([...nodes, ...bodies]);
    const indexOf = indexAmong('links.csv', 'subject');
    return (row, index) => {
      const subject = found.get(idOf(row.subject) ?? '') ?? {};
      const link = subject.links?.[indexOf(row, index)] ?? {};
      return {
        subject: [idOf(row.subject), subject.id],
        url: [row.url, link.url],
        label: [orNull(row.label), link.label],
      };
    };
  },
};

const journeys: FactFile = {
  file: 'journeys.csv',
  query: '{ programmes { id plannedJourneys { direction weeks destination source } } }',
  compare: ({ programmes }) => {
    const found = byId(programmes);
    const indexOf = indexAmong('journeys.csv', 'programme');
    return (row, index) => {
      const programme = found.get(idOf(row.programme) ?? '') ?? {};
      const journey = programme.plannedJourneys?.[indexOf(row, index)] ?? {};
      return {
        programme: [idOf(row.programme), programme.id],
        direction: [upper(row.direction), journey.direction],
        weeks: [Number(row.weeks), journey.weeks],
        destination: [row.destination, journey.destination],
        source_url: [row.source_url, journey.source],
      };
    };
  },
};

/** What the sources say. */
export const sourceFiles: readonly FactFile[] = [
  statements,
  roles,
  outcomes,
  representations,
  links,
  journeys,
];
