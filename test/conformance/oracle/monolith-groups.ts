import { page, sortBy } from './lists.js';
import { meetingOf } from './monolith-meetings.js';
import { ownerOf, referTo, type Note, type Resolvers } from './resolvers.js';
import type { Row, Rows } from './rows.js';

const isFromRussia = ({ direction }: Row): boolean => direction === 'NORTH_WEST_RUSSIA_TO_NORDIC';

export function groupResolvers(rows: Rows, away: readonly string[]): Resolvers {
  const { network, offices, police } = rows;
  const rowsOf = (name: string): readonly Row[] => network[name] ?? [];
  const find = (table: string, id: unknown) => rowsOf(table).find((row) => row.id === id);
  const visitsOf = ({ id }: Row) =>
    sortBy(
      rowsOf('visits').filter((row) => row.group_id === id),
      'starts_on',
      'id',
    );
  const stopsOf = ({ id }: Row) =>
    sortBy(
      rowsOf('itinerary_stops').filter((row) => row.visit_id === id),
      'day',
      'from',
      'id',
    );
  const hostsOf = ({ id }: Row) =>
    sortBy(
      rowsOf('visit_hosts').filter((row) => row.visit_id === id),
      'position',
    ).map(({ country }) => country as string);
  const acceptedOf = ({ id }: Row) =>
    rowsOf('officer_nominations').filter(
      (row) =>
        row.group_id === id &&
        row.accepted_on !== null &&
        row.declined_on === null &&
        row.reserve !== true,
    );
  const isDeclined = (id: string) =>
    rowsOf('officer_nominations').some((row) => row.id === id && row.declined_on !== null);
  const acceptedOn = (group: Row): string | null =>
    sortBy(acceptedOf(group), 'accepted_on').at(-1)?.accepted_on ?? null;
  const nominationsOf = ({ id }: Row, ...statuses: readonly string[]) =>
    (offices.delegate_nominations ?? []).filter(
      (row) => row.group_id === id && statuses.includes(row.status as string),
    );
  const delegatesOf = (group: Row) =>
    nominationsOf(group, 'SELECTED')
      .filter(({ reserve }) => reserve !== true)
      .map(({ delegate_id }) => delegate_id as string);
  const reportsIn = (tables: Rows['police'], { id }: Row) =>
    (tables.participant_reports ?? []).filter((row) => row.group_id === id).length;
  const signedBy = ({ id }: Row) => ({
    network: rowsOf('evaluation_signatures').find((row) => row.programme_id === id),
    office: offices.programme_signatures?.find((row) => row.programme_id === id),
  });
  const isWhole = (note: Note): boolean => {
    note.missing(...away);
    return away.length === 0;
  };
  const absencesOf = ({ id }: Row) =>
    sortBy(
      rowsOf('absences').filter((row) => row.group_id === id),
      'visit_id',
      'participant_id',
    );
  /** The members who are absent from the first day of each visit. */
  const absentees = (group: Row): number => {
    const visits = visitsOf(group).filter((visit) => visit.cancelled_on === null);
    const ids = [...acceptedOf(group).map(({ officer_id }) => officer_id), ...delegatesOf(group)];
    const misses = (person: unknown, visit: Row) =>
      absencesOf(group).some(
        (row) =>
          row.participant_id === person &&
          row.visit_id === visit.id &&
          (row.from_on as string) <= ((visit.departed_on ?? visit.starts_on) as string),
      );
    return ids.filter(
      (person) => visits.length > 0 && visits.every((visit) => misses(person, visit)),
    ).length;
  };
  const members = (group: Row): number => acceptedOf(group).length + delegatesOf(group).length;
  const travellers = (group: Row): number => members(group) - absentees(group);
  /** Officers’ reports are counted where every police answers; of a group from Russia there are none. */
  const reports = (group: Row): number | null =>
    isFromRussia(group)
      ? reportsIn(offices, group) + (away.length > 0 ? 0 : reportsIn(police, group))
      : away.length > 0
        ? null
        : reportsIn(offices, group) + reportsIn(police, group);
  const hasReturned = (group: Row): boolean => {
    const visits = visitsOf(group).filter((visit) => visit.cancelled_on === null);
    return visits.length > 0 && visits.every((visit) => visit.returned_on !== null);
  };

  const state = (group: Row): string => {
    const programme = find('programmes', group.programme_id) ?? {};
    const meeting = (kind: string) => meetingOf(rows, group, kind) !== undefined;
    const chosen = isFromRussia(group) ? delegatesOf(group).length : acceptedOf(group).length;
    const nominated = isFromRussia(group)
      ? nominationsOf(group, 'PENDING', 'SELECTED').length
      : (police.officer_nominations ?? []).filter(
          (row) =>
            row.group_id === group.id && row.withdrawn_on === null && !isDeclined(row.id as string),
        ).length;
    const received = isFromRussia(group)
      ? (reports(group) ?? 0)
      : reportsIn(offices, group) + reportsIn(police, group);
    const hasReports = hasReturned(group) && received > 0;
    const isReported = hasReports && received >= travellers(group);
    const { network: own, office } = signedBy(programme);
    if (group.cancelled_on !== null) return 'CANCELLED';
    if (hasReports && own && office) return 'EVALUATED';
    if (isReported) return 'REPORTED';
    if (hasReturned(group)) return meeting('DEBRIEFING') ? 'DEBRIEFED' : 'RETURNED';
    if (visitsOf(group).some((visit) => visit.departed_on !== null)) return 'TRAVELLING';
    if (meeting('BRIEFING')) return 'BRIEFED';
    if (chosen > 0 && chosen >= programme.group_size_min) return 'SELECTED';
    return chosen > 0 || nominated > 0 ? 'NOMINATED' : 'PLANNED';
  };

  return {
    'Query.group': (_, { id }) => find('groups', id),
    'Query.groups': (_, { filter, ...paging }) => {
      const { programme, direction, coordinatingOffice, rehearsals } = (filter ?? {}) as Row;
      if (find('programmes', programme)?.has_documented_groups === false) return null;
      const found = rowsOf('groups').filter(
        (row) =>
          (programme == null || row.programme_id === programme) &&
          (direction == null || row.direction === direction) &&
          (coordinatingOffice == null || row.coordinating_office_id === coordinatingOffice) &&
          (rehearsals !== false || !find('programmes', row.programme_id)?.is_rehearsal),
      );
      return page(sortBy(found, 'id'), paging);
    },
    'Query.visit': (_, { id }) => find('visits', id),
    'Query.visits': (_, { filter, ...paging }, note) => {
      const { programme, group, hostCountry, from, to, rehearsals } = (filter ?? {}) as Row;
      if (from != null && to != null && from > to) {
        note.badInput('nbnp');
        return null;
      }
      if (find('programmes', programme)?.has_documented_groups === false) return null;
      const found = rowsOf('visits').filter(
        (row) =>
          (programme == null || find('groups', row.group_id)?.programme_id === programme) &&
          (group == null || row.group_id === group) &&
          (hostCountry == null || hostsOf(row).includes(hostCountry as string)) &&
          (from == null || row.ends_on === null || row.ends_on >= from) &&
          (to == null || row.starts_on === null || row.starts_on <= to) &&
          (rehearsals !== false ||
            !find('programmes', find('groups', row.group_id)?.programme_id)?.is_rehearsal),
      );
      return page(sortBy(found, 'id'), paging);
    },
    'Query.itineraryStop': (_, { id }) => find('itinerary_stops', id),

    'Programme.groups': (row) =>
      row.has_documented_groups
        ? sortBy(
            rowsOf('groups').filter(({ programme_id }) => programme_id === row.id),
            'id',
          )
        : null,
    'Programme.evaluation': (row) => {
      const { network: own, office } = signedBy(row);
      const text = rowsOf('evaluation_texts').find(({ programme_id }) => programme_id === row.id);
      if (!own && !office && !text) return null;
      const signOffs = [
        ...(own ? [{ organisation: 'nbnp', signedOn: own.signed_on as string }] : []),
        ...(office ? [{ organisation: 'ncm', signedOn: office.signed_on as string }] : []),
      ];
      return {
        is_rehearsal: row.is_rehearsal,
        summary: text?.summary as string | undefined,
        signOffs,
        complete: signOffs.length === 2,
        status: own
          ? office
            ? 'COMPLETE'
            : 'SIGNED_BY_NETWORK'
          : office
            ? 'SIGNED_BY_OFFICES'
            : 'DRAFT',
        findings: (text?.findings ?? []) as Row[],
        recommendations: (text?.recommendations ?? []) as string[],
        version: (text?.version ?? 0) as number,
      };
    },
    'Office.coordinatedGroups': ({ id }) =>
      sortBy(
        rowsOf('groups').filter((row) => row.coordinating_office_id === id),
        'id',
      ),
    'Group.programme': ({ programme_id }) => find('programmes', programme_id),
    'Group.coordinatingOffice': ({ coordinating_office_id: id }) =>
      offices.offices?.find((row) => row.id === id),
    'Group.members': (group) => {
      const ids = [
        ...acceptedOf(group).map(({ officer_id }) => officer_id as string),
        ...delegatesOf(group),
      ];
      return sortBy(
        ids.map((id) => ({ id })),
        'id',
      ).map(({ id }) =>
        ownerOf(id as string) === 'ncm'
          ? { __typename: 'Delegate', ...offices.delegates?.find((row) => row.id === id) }
          : referTo('Officer', police.officers, id as string, away),
      );
    },
    'Group.memberCount': members,
    'Group.reportsExpected': travellers,
    'Group.absences': absencesOf,
    'Absence.participant': ({ participant_id: id }) =>
      ownerOf(id as string) === 'ncm'
        ? { __typename: 'Delegate', ...offices.delegates?.find((row) => row.id === id) }
        : referTo('Officer', police.officers, id as string, away),
    'Absence.visit': ({ visit_id }) => find('visits', visit_id),
    'Absence.from': ({ from_on }) => from_on,
    'Group.reportsReceived': (group, _args, note) => {
      isWhole(note);
      return reports(group);
    },
    'Group.declinedNominations': ({ id }) =>
      sortBy(
        rowsOf('officer_nominations').filter(
          (row) => row.group_id === id && row.declined_on !== null,
        ),
        'id',
      ).map((row) =>
        referTo('OfficerNomination', police.officer_nominations, row.id as string, away),
      ),
    'Group.visits': visitsOf,
    'Group.state': (group, _args, note) => {
      isWhole(note);
      return state(group);
    },
    'Group.stateIsCertain': (group, _args, note) =>
      isWhole(note) || isFromRussia(group) || group.cancelled_on !== null,
    'Group.officersAcceptedOn': acceptedOn,

    'Visit.group': ({ group_id }) => find('groups', group_id),
    'Visit.hostCountries': hostsOf,
    'Visit.plans': (row) => {
      const earlier = sortBy(
        rowsOf('earlier_plans').filter(({ visit_id }) => visit_id === row.id),
        'until_version',
      );
      return [...earlier, { ...row, host_countries: hostsOf(row) }].map((plan, index) => ({
        ...plan,
        from_version: Number(earlier[index - 1]?.until_version ?? 0) + 1,
      }));
    },
    'Visit.stops': stopsOf,
    'Visit.missingSectors': (visit) => {
      const group = find('groups', visit.group_id);
      const programme = find('programmes', group?.programme_id);
      const toShow = programme?.sectors_by_direction?.[group?.direction as string];
      const shown = stopsOf(visit).flatMap(({ sector, status }) =>
        status === 'PLANNED' || status === 'HELD' ? (sector as string) : [],
      );
      return ((toShow ?? programme?.sectors_to_show) as string[]).filter(
        (sector) => !shown.includes(sector) && !(sector === 'HEALTH' && shown.includes('SOCIAL')),
      );
    },
    'Visit.experts': ({ id }) =>
      sortBy(
        rowsOf('expert_assignments').filter((row) => row.visit_id === id),
        'id',
      ),
    'ExpertAssignment.expert': ({ expert_id }) =>
      referTo('Expert', police.experts, expert_id as string, away),
    'ItineraryStop.visit': ({ visit_id }) => find('visits', visit_id),
    'ItineraryStop.site': ({ site_id: id }) =>
      id !== null && ownerOf(id as string) === 'ncm'
        ? { __typename: 'RegionalSite', ...offices.regional_sites?.find((row) => row.id === id) }
        : referTo('NationalSite', police.national_sites, id as string | null, away),
    'Hosting.visit': ({ visit_id }) => find('visits', visit_id),
    'OfficerNomination.group': ({ group_id }) => find('groups', group_id),
    'OfficerNomination.acceptedOn': ({ id }) => find('officer_nominations', id)?.accepted_on,
    'OfficerNomination.declinedOn': ({ id }) => find('officer_nominations', id)?.declined_on,
    'OfficerNomination.decisionVersion': ({ id }) =>
      find('officer_nominations', id)?.decision_version ?? 0,
    'OfficerNomination.reserve': ({ id }) => {
      const { accepted_on, declined_on, reserve } = find('officer_nominations', id) ?? {};
      return accepted_on == null && declined_on == null ? null : reserve;
    },
    'OfficerNomination.replaces': ({ id }) =>
      referTo(
        'OfficerNomination',
        police.officer_nominations,
        (find('officer_nominations', id)?.replaces_id as string | undefined) ?? null,
        away,
      ),
    'OfficerNomination.declineReason': ({ id }) => find('officer_nominations', id)?.decline_reason,
  };
}
