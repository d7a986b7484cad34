import { contains, daysOf, page, sortBy } from './lists.js';
import { isOfferPutBack, statusOf } from './monolith-consents.js';
import { isTaken } from './monolith-rehearsals.js';
import { openOfOfficers } from './open-formalities.js';
import { isPolice, ownerOf, polices, referTo, type Note, type Resolvers } from './resolvers.js';
import type { Row, Rows } from './rows.js';

export function policeResolvers(rows: Rows, away: readonly string[]): Resolvers {
  const { police, network, offices } = rows;
  const rowsOf = (name: string): readonly Row[] => police[name] ?? [];
  const byId = (name: string, id: string | null): Row | null =>
    rowsOf(name).find((row) => row.id === id) ?? null;
  const organisation = (id: string | null) =>
    network.organisations?.find((row) => row.id === id) ?? null;
  const event = (id: string | null) => network.events?.find((row) => row.id === id) ?? null;

  /** Who is asked: all, or whom an argument names, or nobody. */
  const ask = (note: Note, ...named: readonly (string | null | undefined)[]): boolean => {
    const asked = polices.filter((code) => named.every((owner) => owner == null || owner === code));
    const missing = asked.filter((code) => away.includes(code));
    note.missing(...missing);
    return missing.length === 0;
  };
  const own =
    (table: string) =>
    (_: Row, { id }: Row, note: Note) => {
      const owner = ownerOf(id as string);
      if (!isPolice(owner)) return note.notFound();
      if (away.includes(owner)) return note.missing(owner);
      return byId(table, id as string);
    };
  const everyone = (note: Note) => note.missing(...away);
  const listOf =
    (table: string, owner: string, value: string, order = 'position') =>
    ({ id }: Row) =>
      sortBy(
        rowsOf(table).filter((row) => row[owner] === id),
        order,
      ).map((row) => row[value] as unknown);
  const has = (table: string, owner: string, column: string, id: unknown, value: unknown) =>
    value == null || rowsOf(table).some((row) => row[owner] === id && row[column] === value);
  const upper = ({ partner }: Row) => (partner as string).toUpperCase();
  const unit = ({ unit_id }: Row) => byId('police_units', unit_id as string | null);
  const group =
    (column: string) =>
    ({ id }: Row) =>
      rowsOf(column).filter((row) => row.group_id === id);

  return {
    'Query.policeUnits': (_, { filter }, note) => {
      const { country, on, search } = (filter ?? {}) as Row;
      ask(note, country?.toLowerCase());
      return sortBy(
        rowsOf('police_units').filter(
          (row) =>
            (country == null || row.country === country) &&
            (on == null || row.valid_from === null || daysOf(row.valid_from)[0] <= on) &&
            (on == null || row.valid_to === null || daysOf(row.valid_to)[1] >= on) &&
            (search == null || contains(search, row.name, row.acronym, ...row.variants)),
        ),
        'country',
        'name',
        'id',
      );
    },
    'Query.policeUnit': own('police_units'),
    'Query.officers': (_, { filter, ...paging }, note) => {
      const { country, unit: unitId, targetGroup, language, rehearsals } = (filter ?? {}) as Row;
      const isComplete = ask(note, country?.toLowerCase(), unitId && ownerOf(unitId));
      const found = rowsOf('officers').filter(
        (row) =>
          isTaken(row, rehearsals) &&
          (country == null || row.partner === country.toLowerCase()) &&
          (unitId == null || row.unit_id === unitId) &&
          (targetGroup == null || row.target_group === targetGroup) &&
          has('officer_languages', 'officer_id', 'language', row.id, language),
      );
      return page(sortBy(found, 'id'), paging, { isComplete });
    },
    'Query.officer': own('officers'),
    'Query.experts': (_, { filter, ...paging }, note) => {
      const { country, role, language, field, rehearsals } = (filter ?? {}) as Row;
      const isComplete = ask(note, country?.toLowerCase());
      const found = rowsOf('experts').filter(
        (row) =>
          isTaken(row, rehearsals) &&
          (country == null || row.partner === country.toLowerCase()) &&
          has('expert_roles', 'expert_id', 'role', row.id, role) &&
          has('expert_languages', 'expert_id', 'language', row.id, language) &&
          has('expert_fields', 'expert_id', 'field', row.id, field),
      );
      return page(sortBy(found, 'id'), paging, { isComplete });
    },
    'Query.expert': own('experts'),
    'Query.nationalSites': (_, { filter }, note) => {
      const { country, sector, search, rehearsals } = (filter ?? {}) as Row;
      ask(note, country?.toLowerCase());
      return sortBy(
        rowsOf('national_sites').filter(
          (row) =>
            isTaken(row, rehearsals) &&
            (country == null || row.country === country) &&
            (sector == null || row.sector === sector) &&
            (search == null || contains(search, row.name)),
        ),
        'country',
        'name',
        'id',
      );
    },

    'PoliceUnit.successor': ({ successor_id }) => byId('police_units', successor_id),
    'PoliceUnit.parent': ({ parent_id }) => byId('police_units', parent_id),
    'PoliceUnit.units': ({ id }) =>
      sortBy(
        rowsOf('police_units').filter((row) => row.parent_id === id),
        'id',
      ),
    'PoliceUnit.officers': ({ id }, { rehearsals, ...paging }) =>
      page(
        sortBy(
          rowsOf('officers').filter((row) => row.unit_id === id && isTaken(row, rehearsals)),
          'id',
        ),
        paging,
      ),
    'PoliceUnit.experts': ({ id }, { rehearsals }) =>
      sortBy(
        rowsOf('experts').filter((row) => row.unit_id === id && isTaken(row, rehearsals)),
        'id',
      ),
    'PoliceUnit.sites': ({ id }, { rehearsals }) =>
      sortBy(
        rowsOf('national_sites').filter((row) => row.unit_id === id && isTaken(row, rehearsals)),
        'id',
      ),
    'PoliceUnit.hostings': ({ id }) =>
      sortBy(
        rowsOf('hostings').filter((row) => row.unit_id === id),
        'id',
      ),
    'PoliceUnit.claims': ({ id }) =>
      sortBy(
        rowsOf('claims').filter((row) => row.unit_id === id),
        'position',
      ),

    'Officer.country': upper,
    'Officer.unit': unit,
    'Officer.languages': listOf('officer_languages', 'officer_id', 'language'),
    'Officer.nominations': ({ id }) =>
      sortBy(
        rowsOf('officer_nominations').filter((row) => row.officer_id === id),
        'id',
      ),
    'Officer.formalities': ({ id }, { group: groupId }) =>
      sortBy(
        rowsOf('officer_formalities').filter(
          (row) => row.officer_id === id && row.group_id === groupId,
        ),
        'kind',
      ),
    'Officer.travelNeeds': ({ id }) =>
      rowsOf('officer_travel_needs').find((row) => row.officer_id === id),
    'Officer.report': ({ id }) =>
      sortBy(
        rowsOf('participant_reports').filter((row) => row.officer_id === id),
        'received_on',
        'id',
      ).at(-1),
    'ParticipantReport.group': ({ group_id }) => group_id,
    'ParticipantReport.visit': ({ visit_id }) => visit_id,

    'Expert.country': upper,
    'Expert.unit': unit,
    'Expert.roles': listOf('expert_roles', 'expert_id', 'role'),
    'Expert.languages': listOf('expert_languages', 'expert_id', 'language'),
    'Expert.fields': listOf('expert_fields', 'expert_id', 'field'),

    'OfficerNomination.officer': ({ officer_id }) => byId('officers', officer_id),
    'NationalSite.unit': unit,
    'NationalSite.organisation': ({ organisation_id }) => organisation(organisation_id),
    'NationalSite.event': ({ event_id }) => event(event_id),
    'RegionalSite.organisation': ({ organisation_id }) => organisation(organisation_id),
    'RegionalSite.event': ({ event_id }) => event(event_id),
    'Hosting.unit': unit,
    'Hosting.status': (offer) => statusOf(rows, offer),
    'Hosting.isPutBack': (offer) => isOfferPutBack(rows, offer),
    'Hosting.decidedOn': (offer) =>
      isOfferPutBack(rows, offer) ? null : (offer.withdrawn_on ?? offer.confirmed_on),

    'Group.officerNominations': (row, _args, note) => {
      everyone(note);
      return sortBy(group('officer_nominations')(row), 'id');
    },
    'Group.officerReportsReceived': (row, _args, note) => {
      everyone(note);
      return away.length > 0 ? null : group('participant_reports')(row).length;
    },
    'Group.officerFormalitiesOpen': (row, _args, note) => {
      everyone(note);
      return away.length > 0 ? null : openOfOfficers({ network, police }, row);
    },
    'Group.officerNominationCount': (row, _args, note) => {
      everyone(note);
      const isDeclined = (id: unknown) =>
        network.officer_nominations?.some((one) => one.id === id && one.declined_on !== null);
      const standing = group('officer_nominations')(row).filter(
        (each) => each.withdrawn_on === null && !isDeclined(each.id),
      );
      return away.length > 0 ? null : standing.length;
    },
    'Visit.hostings': ({ id }, _args, note) => {
      everyone(note);
      return sortBy(
        rowsOf('hostings').filter((row) => row.visit_id === id),
        'id',
      );
    },
    ...stopResolvers(police, offices, away),
  };
}

function stopResolvers(
  police: Rows['police'],
  offices: Rows['offices'],
  away: readonly string[],
): Resolvers {
  const ofPolices = police.stop_confirmations ?? [];
  const ofOffices = offices.stop_confirmations ?? [];
  const confirmationOf = (table: readonly Row[], { id }: Row) =>
    table.find((row) => row.stop_id === id);
  /** Null where the host is no police, or is away. */
  const isAnswered = ({ host_country }: Row, note: Note): boolean => {
    const host = (host_country as string).toLowerCase();
    if (!isPolice(host)) return false;
    if (!away.includes(host)) return true;
    note.missing(host);
    return false;
  };
  const hostVersion = (stop: Row, note: Note): number | null =>
    isAnswered(stop, note)
      ? ((confirmationOf(ofPolices, stop)?.stop_version as number | undefined) ?? 0)
      : null;
  const officeVersion = (stop: Row): number =>
    (confirmationOf(ofOffices, stop)?.stop_version as number | undefined) ?? 0;
  return {
    'ItineraryStop.hostConfirmedVersion': (stop, _args, note) => hostVersion(stop, note),
    'ItineraryStop.hostConfirmedOn': (stop, _args, note) =>
      isAnswered(stop, note) ? confirmationOf(ofPolices, stop)?.confirmed_on : null,
    'ItineraryStop.confirmingUnit': (stop, _args, note) =>
      isAnswered(stop, note)
        ? referTo(
            'PoliceUnit',
            police.police_units,
            confirmationOf(ofPolices, stop)?.unit_id ?? null,
            away,
          )
        : null,
    'ItineraryStop.confirmingOffice': (stop) =>
      offices.offices?.find(({ id }) => id === confirmationOf(ofOffices, stop)?.office_id),
    'ItineraryStop.officeConfirmedVersion': officeVersion,
    'ItineraryStop.officeConfirmedOn': (stop) => confirmationOf(ofOffices, stop)?.confirmed_on,
    'ItineraryStop.confirmed': (stop, _args, note) => {
      const hosts = hostVersion(stop, note);
      const version = stop.host_country === 'RU' ? officeVersion(stop) : hosts;
      return version === null ? null : version >= stop.plan_version && version <= stop.version;
    },
  };
}
