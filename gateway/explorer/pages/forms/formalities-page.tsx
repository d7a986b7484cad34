import { useLocation } from 'preact-iso';
import { sendOperation } from '../../client/send-operation.ts';
import { useQuery } from '../../client/use-query.ts';
import { ownerOf, whyNull } from '../../client/why-null.ts';
import { graphql } from '../../generated/gql.ts';
import type {
  FormalityKind,
  FormalityStatus,
  PageGroupFormalitiesQuery,
} from '../../generated/graphql.ts';
import { formalityKinds } from '../../parts/formalities.ts';
import { NoValue } from '../../parts/no-value.tsx';
import { person } from '../../session/session.ts';
import { formatDate, t } from '../../words/language.ts';
import { BatchPage } from './batch-page.tsx';
import type { BatchColumn } from './batch-people.tsx';
import { Batch, type Outcome as BatchOutcome, type Change, type Sent } from './batch.tsx';

const formalitiesQuery = graphql(`
  query PageGroupFormalities($id: ID!) {
    group(id: $id) {
      id
      name
      members {
        id
        name
        ... on Officer {
          formalities(group: $id) {
            kind
            status
            on
            version
          }
        }
        ... on Delegate {
          formalities(group: $id) {
            kind
            status
            on
            version
          }
        }
      }
    }
  }
`);

const recordOfOfficers = graphql(`
  mutation PageRecordOfficerFormalities($input: RecordOfficerFormalitiesInput!) {
    recordOfficerFormalities(input: $input) {
      results {
        participant
        kind
        refusal {
          message
          code
          rule
          situation
          argument
        }
      }
    }
  }
`);

const recordOfDelegates = graphql(`
  mutation PageRecordDelegateFormalities($input: RecordDelegateFormalitiesInput!) {
    recordDelegateFormalities(input: $input) {
      results {
        participant
        kind
        refusal {
          message
          code
          rule
          situation
          argument
        }
      }
    }
  }
`);

type PageGroup = NonNullable<PageGroupFormalitiesQuery['group']>;

const statuses: readonly FormalityStatus[] = ['RECEIVED', 'REQUESTED', 'NOT_NEEDED', 'REFUSED'];

/** The members whom the reader’s organisation sends: it records their formalities. */
const ownMembers = ({ members }: PageGroup, only: string | undefined) =>
  (members ?? []).flatMap((member) =>
    member &&
    ownerOf(member.id) === person.value?.organisation &&
    (only === undefined || member.id === only)
      ? [member]
      : [],
  );

const readyStatuses: readonly (FormalityStatus | undefined)[] = ['RECEIVED', 'NOT_NEEDED'];

interface RecordProps {
  readonly group: PageGroup;
  /** The id of the only member who is shown. @default all */
  readonly only: string | undefined;
  readonly refetch: () => void;
}

function RecordAll({ group, only, refetch }: RecordProps) {
  const organisation = person.value?.organisation ?? '';
  const isOfOffices = organisation === 'ncm';
  const members = ownMembers(group, only);
  const find = (row: string, kind: string) => {
    const member = members.find(({ id }) => id === row);
    const known = member && 'formalities' in member ? member.formalities : null;
    return known?.find((formality) => formality.kind === kind);
  };
  const isReady = (row: string) =>
    formalityKinds.every((kind) => readyStatuses.includes(find(row, kind)?.status));
  const rows = members
    .map(({ id, name }) => ({
      id,
      name: name ?? t('unnamed.withheld'),
      isDone: members.length > 1 && isReady(id),
    }))
    .toSorted((one, other) => Number(one.isDone) - Number(other.isDone));
  const columns = formalityKinds.map((kind): BatchColumn => ({
    key: kind,
    title: t(`formalityKinds.${kind}`),
    options: statuses.map((value) => ({ value, label: t(`formalityStates.${value}`) })),
    now: (row) => {
      const formality = find(row, kind);
      return formality
        ? { state: t(`formalityStates.${formality.status}`), since: formatDate(formality.on) }
        : { state: t('programme.open') };
    },
  }));
  const toFormality = ({ row, column, value }: Change, on: string) => ({
    kind: column as FormalityKind,
    status: value as FormalityStatus,
    version: find(row, column)?.version ?? 0,
    on,
  });
  const record = async ({ changes, values, idempotencyKey }: Sent): Promise<BatchOutcome> => {
    const common = { group: group.id, idempotencyKey };
    const written = changes.map((change) => ({
      row: change.row,
      own: toFormality(change, String(values['on'])),
    }));
    if (isOfOffices) {
      const formalities = written.map(({ row, own }) => ({ ...own, delegate: row }));
      const input = { ...common, formalities };
      const { data, errors } = await sendOperation(recordOfDelegates, { input });
      return { results: data?.recordDelegateFormalities?.results, errors };
    }
    const formalities = written.map(({ row, own }) => ({ ...own, officer: row }));
    const input = { ...common, country: organisation.toUpperCase(), formalities };
    const { data, errors } = await sendOperation(recordOfOfficers, { input });
    return { results: data?.recordOfficerFormalities?.results, errors };
  };
  return (
    <Batch
      rows={rows}
      columns={columns}
      input={isOfOffices ? 'OneDelegateFormalityInput' : 'OneOfficerFormalityInput'}
      fields={['on']}
      submitLabel={t('form.saveFormalities')}
      empty={t('form.noOwnMembers')}
      refetch={refetch}
      onSend={record}
    />
  );
}

/**
 * All formalities of the members whom the reader’s organisation sends: `/programme/formalities?id=…`;
 * with `member` those of one.
 */
export function FormalitiesPage() {
  const { query } = useLocation();
  const id = query['id'] ?? '';
  const { response, refetch } = useQuery(formalitiesQuery, { id });
  const group = response?.data?.group;
  return (
    <BatchPage
      title="form.formalities"
      lead="form.formalitiesLead"
      {...{ group, response, refetch }}
    >
      {group &&
        (group.members ? (
          <RecordAll group={group} only={query['member']} refetch={refetch} />
        ) : (
          <NoValue why={whyNull(response.errors, ['group', 'members'], 'nbnp')} />
        ))}
    </BatchPage>
  );
}
