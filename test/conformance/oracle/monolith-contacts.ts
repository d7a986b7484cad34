import { compareKeys, daysOf, page, sortBy, type Key } from './lists.js';
import { statusOf } from './monolith-consents.js';
import {
  actorOf,
  plainAround,
  plainCentralities,
  plainContacts,
  plainPaths,
  type PlainAffiliation,
  type PlainContact,
  type PlainFilter,
  type PlainOccasion,
} from './plain-contacts.js';
import { isPolice, ownerOf, type Note, type Resolvers } from './resolvers.js';
import type { Row, Rows } from './rows.js';

/** What brought parties together, by the rows of all partners: for a reader who may read every itinerary. */
function occasionsOf(rows: Rows): PlainOccasion[] {
  const { network, offices, police } = rows;
  const rowsOf = (name: string): readonly Row[] => network[name] ?? [];
  const partiesOf = (column: string, id: string) =>
    rowsOf('party_roles').flatMap((role) => (role[column] === id ? (role.party_id as string) : []));
  const spanOf = (starts: string | null, ends: string | null) => ({
    first: starts === null ? null : daysOf(starts)[0],
    last: ends === null ? null : daysOf(ends)[1],
    on: starts ?? ends,
  });
  const isRehearsal = (programme: unknown) =>
    rowsOf('programmes').some(({ id, is_rehearsal: is }) => id === programme && is === true);
  const events = rowsOf('events').map((event): PlainOccasion => {
    const { id, starts_on: starts, ends_on: ends } = event;
    return {
      id: id as string,
      basis: 'EVENT',
      whole: event.part_of_id as string | null,
      programme: event.programme_id as string | null,
      ...spanOf(starts as string | null, (ends ?? starts) as string | null),
      on: (starts ?? ends) as string | null,
      parties: partiesOf('event_id', id as string),
      represented: rowsOf('representations').flatMap((row) =>
        row.event_id === id && row.party_id !== null ? (row.party_id as string) : [],
      ),
      countries: rowsOf('representations').flatMap((row) =>
        row.event_id === id && row.country !== null ? (row.country as string) : [],
      ),
      isRehearsal: isRehearsal(event.programme_id),
    };
  });
  const programmes = rowsOf('programmes').map((programme): PlainOccasion => ({
    id: programme.id as string,
    basis: 'PROGRAMME',
    whole: null,
    programme: programme.id as string,
    ...spanOf(programme.starts_on as string | null, programme.ends_on as string | null),
    parties: partiesOf('programme_id', programme.id as string),
    represented: [],
    countries: [],
    isRehearsal: isRehearsal(programme.id),
  }));
  const begun = new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);
  const ended = rowsOf('visits').filter(
    ({ departed_on: departed, returned_on: returned }) =>
      departed !== null && returned !== null && returned <= begun,
  );
  const visits = ended.map((visit): PlainOccasion => {
    const group = rowsOf('groups').find(({ id }) => id === visit.group_id) ?? {};
    const stops = rowsOf('itinerary_stops').filter(
      ({ visit_id: of, status }) => of === visit.id && (status === 'PLANNED' || status === 'HELD'),
    );
    const confirmations = [
      ...(police.stop_confirmations ?? []),
      ...(offices.stop_confirmations ?? []),
    ];
    const sites = [...(police.national_sites ?? []), ...(offices.regional_sites ?? [])];
    const members = rowsOf('officer_nominations').filter(
      (row) =>
        row.group_id === group.id &&
        row.accepted_on !== null &&
        row.declined_on === null &&
        row.reserve !== true,
    );
    const parties: readonly unknown[] = [
      'nbnp:nbnp',
      group.coordinating_office_id,
      ...(police.hostings ?? [])
        .filter((row) => row.visit_id === visit.id && statusOf(rows, row) === 'CONFIRMED')
        .map((row) => row.unit_id as unknown),
      ...(offices.regional_hostings ?? [])
        .filter((row) => row.visit_id === visit.id && statusOf(rows, row) === 'CONFIRMED')
        .map((row) => row.office_id as unknown),
      ...confirmations
        .filter((row) =>
          stops.some((stop) => stop.id === row.stop_id && stop.plan_version <= row.stop_version),
        )
        .map((row) => (row.unit_id ?? row.office_id) as unknown),
      ...stops.map(
        (stop) => sites.find(({ id }) => id === stop.site_id)?.organisation_id as unknown,
      ),
      ...members.map(
        ({ officer_id: officer }) =>
          (police.officers ?? []).find(({ id }) => id === officer)?.unit_id as unknown,
      ),
    ];
    return {
      id: visit.id as string,
      basis: 'VISIT',
      whole: null,
      programme: (group.programme_id ?? null) as string | null,
      ...spanOf(visit.starts_on as string | null, visit.ends_on as string | null),
      parties: parties.filter((id): id is string => typeof id === 'string'),
      represented: [],
      countries: [],
      isRehearsal: isRehearsal(group.programme_id),
    };
  });
  return [...events, ...programmes, ...visits, ...membershipsOf({ network })];
}

/** What members of the network have in common: their memberships, and its spokesmanship. */
function membershipsOf({ network }: Pick<Rows, 'network'>): PlainOccasion[] {
  const rowsOf = (name: string): readonly Row[] => network[name] ?? [];
  const common = {
    basis: 'MEMBERSHIP',
    whole: null,
    programme: null,
    represented: [],
    isRehearsal: false,
  } as const;
  const members = sortBy(rowsOf('memberships'), 'country');
  const bodies = rowsOf('networks').map(({ id }) => id as string);
  const toOccasion = (own: readonly Row[], others: readonly string[]): PlainOccasion => {
    const dates = own.map(({ since }) => since as string | null);
    const known = dates
      .flatMap((date) => date ?? [])
      .sort((a, b) => (daysOf(a)[0] < daysOf(b)[0] ? -1 : 1));
    const since = known.length < dates.length ? null : (known.at(-1) ?? null);
    return {
      ...common,
      id: own.map(({ country }) => `membership:${country as string}`).join(' '),
      first: since === null ? null : daysOf(since)[0],
      last: null,
      on: since,
      parties: [...others, ...own.flatMap(({ contact_id: id }) => (id as string | null) ?? [])],
      countries: own.map(({ country }) => country as string),
    };
  };
  const pairs = members.flatMap((one, index) => [
    toOccasion([one], bodies),
    ...members.slice(index + 1).map((other) => toOccasion([one, other], [])),
  ]);
  const terms = rowsOf('spokesmanships').map((term): PlainOccasion => {
    const [start, end] = [term.started_on as string | null, term.ended_on as string | null];
    return {
      ...common,
      id: term.id as string,
      first: start === null ? null : daysOf(start)[0],
      last: end === null ? null : daysOf(end)[1],
      on: start ?? end,
      parties: [term.body_id, term.unit_id].flatMap((id) => (id as string | null) ?? []),
      countries: [term.country as string],
    };
  });
  return [...pairs, ...terms];
}

/** Where a party is, and what is directly above it. */
const affiliationsIn =
  ({ network, offices, police }: Rows) =>
  (party: string): PlainAffiliation => {
    const owner = ownerOf(party);
    const find = (table: readonly Row[] = []) => table.find(({ id }) => id === party);
    if (isPolice(owner)) {
      const entry = find(network.police_units);
      const unit = find(police.police_units);
      const parent = (entry ? entry.superior_id : unit?.parent_id) as string | null | undefined;
      return { country: entry || unit ? owner.toUpperCase() : null, parent: parent ?? null };
    }
    const row = find(owner === 'ncm' ? offices.offices : network.organisations);
    return {
      country: (row?.country ?? null) as string | null,
      parent: (row?.parent_id ?? null) as string | null,
    };
  };

/** The contacts of the network, for somebody who may read all of it. */
export function contactResolvers(rows: Rows, party: (id: string) => unknown): Resolvers {
  const occasions = occasionsOf(rows);
  const affiliationOf = affiliationsIn(rows);
  const find = (table: string, id: unknown) =>
    (rows.network[table] ?? []).find((row) => row.id === id);
  /** The memberships in the id of an evidence. */
  const membersIn = (id: unknown): Row[] => {
    const named = String(id).split(' ');
    const members = sortBy(rows.network.memberships ?? [], 'country');
    return members.filter(({ country }) => named.includes(`membership:${country as string}`));
  };
  const count = (filter: Row | null, without: readonly string[] = []) => {
    const { from, to } = (filter ?? {}) as PlainFilter;
    const days = { from: from && daysOf(from)[0], to: to && daysOf(to)[1] };
    return plainContacts({ occasions, affiliationOf, filter: { ...filter, ...days }, without });
  };
  const isBackwards = (filter: Row | null, note: Note): boolean => {
    const { from, to } = (filter ?? {}) as PlainFilter;
    const isWrong = from != null && to != null && daysOf(from)[0] > daysOf(to)[1];
    if (isWrong) note.badInput('nbnp');
    return isWrong;
  };
  const levelOf = (filter: Row | null) => (filter?.level ?? 'PARTY') as PlainFilter['level'];
  const findActor = (id: string, filter: Row | null) =>
    levelOf(filter) === 'COUNTRY' && !id.includes(':')
      ? id
      : actorOf(id, levelOf(filter), affiliationOf);
  const show = (contact: PlainContact, filter: Row | null): Row => ({
    ...contact,
    ...actorsRow(contact.between, filter),
  });
  const actorsRow = (actors: readonly string[], filter: Row | null): Row => ({
    partyIds: levelOf(filter) === 'COUNTRY' ? [] : actors,
    countries: levelOf(filter) === 'COUNTRY' ? actors : [],
  });
  const partiesOf = ({ partyIds }: Row) => (partyIds as string[]).map(party);
  const eventsOf = (evidence: PlainContact['evidence']) =>
    evidence.flatMap(({ basis, id }) =>
      basis === 'EVENT' || basis === 'REPRESENTATION' ? (find('events', id) ?? []) : [],
    );
  return {
    'Query.contacts': (_, { filter, minimum, ...paging }, note) => {
      if (isBackwards(filter, note)) return null;
      const strong = count(filter).filter(({ strength }) => strength >= (minimum ?? 2));
      const shown = strong.map((contact) => show(contact, filter));
      const compare = ([a, ...idsOfA]: readonly Key[], [b, ...idsOfB]: readonly Key[]): number =>
        Number(b) - Number(a) || compareKeys(idsOfA, idsOfB);
      const keysOf = ({ strength, between }: Row): Key[] => [String(strength), ...between];
      return page(
        shown.sort((a, b) => compare(keysOf(a), keysOf(b))),
        paging,
        { keysOf, compare },
      );
    },
    'Query.contactPaths': (_, { from, to, filter }, note) => {
      if (isBackwards(filter, note)) return null;
      const [start, end] = [findActor(from, filter), findActor(to, filter)];
      if (start === null || end === null) return [];
      const contacts = count(filter);
      const isReal = (one: string, other: string | undefined) =>
        contacts.some(
          ({ between, isRehearsal }) =>
            !isRehearsal && between.includes(one) && between.some((end) => end === other),
        );
      return plainPaths(contacts, start, end).map((chain) => ({
        ...actorsRow(chain, filter),
        length: chain.length - 1,
        isRehearsal: !chain.slice(1).every((actor, index) => isReal(actor, chain[index])),
      }));
    },
    'Query.centralities': (_, { filter, without, first }, note) => {
      if (isBackwards(filter, note)) return null;
      const all = plainCentralities(count(filter, without ?? []));
      return all.slice(0, first ?? 20).map((one) => ({
        ...one,
        party: levelOf(filter) === 'COUNTRY' ? null : party(one.actor),
        country: levelOf(filter) === 'COUNTRY' ? one.actor : null,
      }));
    },
    'Query.contactNetwork': (_, { around, distance, filter }, note) => {
      if (isBackwards(filter, note)) return null;
      const center = findActor(around, filter);
      if (center === null) return null;
      const contacts = count(filter);
      const within = plainAround(contacts, center, distance ?? 1);
      if (!within) {
        const owner = ownerOf(center);
        const isUnknown =
          levelOf(filter) !== 'COUNTRY' &&
          owner !== 'ncm' &&
          !isPolice(owner) &&
          !find('organisations', center);
        return isUnknown ? null : { ...actorsRow([center], filter), contacts: [] };
      }
      const among = contacts.filter(({ between }) => between.every((end) => within.includes(end)));
      return {
        ...actorsRow(within, filter),
        contacts: among.map((contact) => show(contact, filter)),
      };
    },
    'Contact.source': ({ between }) => (between as string[])[0],
    'Contact.target': ({ between }) => (between as string[])[1],
    'Contact.parties': partiesOf,
    'ContactPath.parties': partiesOf,
    'ContactNetwork.parties': partiesOf,
    'Contact.events': ({ evidence }) =>
      sortBy(eventsOf(evidence as PlainContact['evidence']), 'id'),
    'ContactEvidence.event': (evidence) => eventsOf([evidence as PlainContact['evidence'][0]])[0],
    'ContactEvidence.visit': ({ basis, id }) => (basis === 'VISIT' ? find('visits', id) : null),
    'ContactEvidence.programme': ({ basis, id }) =>
      basis === 'PROGRAMME' ? find('programmes', id) : null,
    'ContactEvidence.source': ({ id }) =>
      (
        find('events', id) ??
        find('programmes', id) ??
        find('spokesmanships', id) ??
        membersIn(id)[0]
      )?.source,
    'ContactEvidence.memberships': ({ id }) => membersIn(id),
    'ContactEvidence.spokesmanship': ({ id }) => find('spokesmanships', id),
  };
}
