import { contains, daysOf, page, sortBy } from './lists.js';
import { isOfferPutBack, statusOf } from './monolith-consents.js';
import { isTaken } from './monolith-rehearsals.js';
import { openOfDelegates } from './open-formalities.js';
import type { Resolvers } from './resolvers.js';
import type { Row, Rows } from './rows.js';

export function officeResolvers(rows: Rows): Resolvers {
  const { offices, network } = rows;
  const rowsOf = (name: string): readonly Row[] => offices[name] ?? [];
  const office = (id: string | null) => rowsOf('offices').find((row) => row.id === id);
  const region = (code: string | null) => rowsOf('regions').find((row) => row.code === code);
  const delegate = (id: string | null) => rowsOf('delegates').find((row) => row.id === id);
  const nominationsOf = ({ id }: Row) =>
    sortBy(
      rowsOf('delegate_nominations').filter((row) => row.group_id === id),
      'id',
    );
  const selectedOf = (row: Row) =>
    nominationsOf(row).filter(({ status, reserve }) => status === 'SELECTED' && reserve !== true);
  const signature = ({ id }: Row) =>
    rowsOf('programme_signatures').find((row) => row.programme_id === id);
  const evaluationText = ({ id }: Row) =>
    rowsOf('evaluation_texts').find((row) => row.programme_id === id);

  return {
    'Query.office': (_, { id }) => office(id),
    'Query.offices': (_, { filter }) => {
      const { country, kind, openOn, search, rehearsals } = (filter ?? {}) as Row;
      return sortBy(
        rowsOf('offices').filter(
          (row) =>
            isTaken(row, rehearsals) &&
            (country == null || row.country === country) &&
            (kind == null || row.kind === kind) &&
            (openOn == null || row.opened_on === null || daysOf(row.opened_on)[0] <= openOn) &&
            (openOn == null || row.closed_on === null || daysOf(row.closed_on)[1] >= openOn) &&
            (search == null || contains(search, row.name, ...row.variants)),
        ),
        'id',
      );
    },
    'Query.region': (_, { code }) => region(code),
    'Query.regions': () => sortBy(rowsOf('regions'), 'code'),
    'Query.delegate': (_, { id }) => delegate(id),
    'Query.delegates': (_, { filter, ...paging }) => {
      const {
        office: officeId,
        region: code,
        targetGroup,
        language,
        rehearsals,
      } = (filter ?? {}) as Row;
      const found = rowsOf('delegates').filter(
        (row) =>
          isTaken(row, rehearsals) &&
          (officeId == null || row.office_id === officeId) &&
          (code == null || row.region_code === code) &&
          (targetGroup == null || row.target_group === targetGroup) &&
          (language == null ||
            rowsOf('delegate_languages').some(
              ({ delegate_id, tag }) => delegate_id === row.id && tag === language,
            )),
      );
      return page(sortBy(found, 'id'), paging);
    },
    'Query.delegateNominations': (_, { filter, ...paging }) => {
      const { group, office: officeId, status } = (filter ?? {}) as Row;
      const found = rowsOf('delegate_nominations').filter(
        (row) =>
          (group == null || row.group_id === group) &&
          (status == null || row.status === status) &&
          (officeId == null || delegate(row.delegate_id)?.office_id === officeId),
      );
      return page(sortBy(found, 'id'), paging);
    },
    'Query.regionalSites': (_, { sector, rehearsals }) =>
      sortBy(
        rowsOf('regional_sites').filter(
          (row) => isTaken(row, rehearsals) && (sector == null || row.sector === sector),
        ),
        'id',
      ),

    'Office.parent': ({ parent_id }) => office(parent_id),
    'Office.branches': ({ id }, { rehearsals }) =>
      sortBy(
        rowsOf('offices').filter((row) => row.parent_id === id && isTaken(row, rehearsals)),
        'id',
      ),
    'Office.covers': ({ id }) =>
      sortBy(
        rowsOf('regions').filter((row) => row.office_id === id),
        'code',
      ),
    'Office.roleInField': ({ role }) => role,
    // A coverage is this project's own choice: no source states one.
    'Office.coverages': ({ id }) =>
      sortBy(
        rowsOf('regions').filter((row) => row.office_id === id),
        'code',
      ).map((row) => ({ region: row, isStated: false, source: null })),
    'RegionCoverage.office': ({ region: { office_id } }) => office(office_id),
    'Office.claims': ({ id }) =>
      sortBy(
        rowsOf('claims').filter((row) => row.office_id === id),
        'id',
      ),
    'Region.office': ({ office_id }) => office(office_id),
    'RegionalSite.region': ({ region_code }) => region(region_code),

    'Delegate.region': ({ region_code }) => region(region_code),
    'Delegate.office': ({ office_id }) => office(office_id),
    'Delegate.languages': ({ id }) =>
      sortBy(
        rowsOf('delegate_languages').filter((row) => row.delegate_id === id),
        'place',
      ).map(({ tag }) => tag as string),
    'Delegate.nominations': ({ id }) =>
      sortBy(
        rowsOf('delegate_nominations').filter((row) => row.delegate_id === id),
        'id',
      ),
    'Delegate.formalities': ({ id }, { group }) =>
      sortBy(
        rowsOf('delegate_formalities').filter(
          (row) => row.delegate_id === id && row.group_id === group,
        ),
        'kind',
      ),
    'Delegate.travelNeeds': ({ id }) =>
      rowsOf('delegate_travel_needs').find((row) => row.delegate_id === id),
    'Formality.on': ({ status_on }) => status_on,
    'Delegate.report': ({ id }) =>
      sortBy(
        rowsOf('participant_reports').filter((row) => row.delegate_id === id),
        'received_on',
        'id',
      ).at(-1),
    'DelegateNomination.group': ({ group_id }) =>
      network.groups?.find((row) => row.id === group_id),
    'DelegateNomination.authority': ({ authority_id }) =>
      network.organisations?.find(({ id }) => id === authority_id) ?? null,
    'DelegateNomination.replaces': ({ replaces_id }) =>
      rowsOf('delegate_nominations').find((row) => row.id === replaces_id),
    'DelegateNomination.delegate': ({ delegate_id }) => delegate(delegate_id),

    'Group.delegateNominations': (row, { status }) =>
      nominationsOf(row).filter((each) => status == null || each.status === status),
    'Group.delegates': (row) =>
      sortBy(
        selectedOf(row).map(({ delegate_id }) => delegate(delegate_id) ?? {}),
        'id',
      ),
    'Group.delegateCount': (row) => selectedOf(row).length,
    'Group.delegateFormalitiesOpen': (row) => openOfDelegates({ offices }, row),
    'Group.delegateNominationCount': (row) =>
      nominationsOf(row).filter(({ status }) => status === 'SELECTED' || status === 'PENDING')
        .length,
    'Group.delegatesSelectedOn': (row) =>
      sortBy(
        selectedOf(row).filter((each) => each.decided_on !== null),
        'decided_on',
      ).at(-1)?.decided_on,
    'Group.delegateReportsReceived': ({ id }) =>
      rowsOf('participant_reports').filter((row) => row.group_id === id).length,

    'Visit.regionalHostings': ({ id }) =>
      sortBy(
        rowsOf('regional_hostings').filter((row) => row.visit_id === id),
        'id',
      ),
    'RegionalHosting.office': ({ office_id }) => office(office_id),
    'RegionalHosting.status': (offer) => statusOf(rows, offer),
    'RegionalHosting.isPutBack': (offer) => isOfferPutBack(rows, offer),
    'RegionalHosting.decidedOn': (offer) => (isOfferPutBack(rows, offer) ? null : offer.decided_on),

    'Programme.officeSignedOn': (row) => signature(row)?.signed_on,
    'Programme.officeSignatureCount': (row) => (signature(row) ? 1 : 0),
    'Programme.officeEvaluationSummary': (row) => evaluationText(row)?.summary,
    'Programme.officeEvaluationVersion': (row) => evaluationText(row)?.version,
  };
}
