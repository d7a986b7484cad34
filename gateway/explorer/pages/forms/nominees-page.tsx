import { useLocation } from 'preact-iso';
import { sendOperation } from '../../client/send-operation.ts';
import { useQuery } from '../../client/use-query.ts';
import { ownerOf, whyNull } from '../../client/why-null.ts';
import { graphql } from '../../generated/gql.ts';
import type {
  DelegateDecision,
  OfficerDecision,
  PageNomineesQuery,
} from '../../generated/graphql.ts';
import { doHref } from '../../parts/links.ts';
import { NoValue } from '../../parts/no-value.tsx';
import { nameOrSender } from '../../parts/person-name.tsx';
import { Nominate } from '../../parts/planning-links.tsx';
import { person } from '../../session/session.ts';
import { formatDate, t } from '../../words/language.ts';
import { joinNames, nameOfLanguage } from '../../words/names.ts';
import { BatchPage } from './batch-page.tsx';
import type { BatchColumn, BatchRow } from './batch-people.tsx';
import { Batch, type Outcome as BatchOutcome, type Change, type Sent } from './batch.tsx';
import { Nominations } from './nominations.tsx';

const nomineesQuery = graphql(`
  query PageNominees($id: ID!, $ofOfficers: Boolean!, $ofDelegates: Boolean!) {
    group(id: $id) {
      id
      name
      cancelledOn
      visits {
        departedOn
      }
      ...PageGroupNominees
      officerNominations @include(if: $ofOfficers) {
        nominatedOn
        officer {
          rank
          languages
          unit {
            name
          }
        }
      }
      delegateNominations @include(if: $ofDelegates) {
        nominatedOn
        delegate {
          employer
          languages
        }
      }
    }
  }

  fragment PageGroupNominees on Group {
    from {
      countries
      coordinators {
        id
      }
      selectors {
        id
        name
      }
    }
    absences {
      from
      participant {
        id
      }
      visit {
        startsOn
        departedOn
      }
    }
    officerNominations @include(if: $ofOfficers) {
      id
      version
      decisionVersion
      status
      reserve
      declinedOn
      withdrawnOn
      replaces {
        id
      }
      officer {
        id
        name
      }
    }
    delegateNominations @include(if: $ofDelegates) {
      id
      version
      status
      reserve
      replaces {
        id
      }
      delegate {
        id
        name
      }
    }
  }
`);

const decideOfficers = graphql(`
  mutation PageDecideOfficers($input: DecideOfficersInput!) {
    decideOfficers(input: $input) {
      results {
        nomination {
          id
        }
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

const decideDelegates = graphql(`
  mutation PageDecideDelegates($input: DecideDelegatesInput!) {
    decideDelegates(input: $input) {
      results {
        nomination {
          id
        }
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

type PageGroup = NonNullable<PageNomineesQuery['group']>;

const officerDecisions = ['ACCEPT', 'RESERVE', 'DECLINE'] as const satisfies OfficerDecision[];
const delegateDecisions = ['SELECT', 'RESERVE', 'DECLINE'] as const satisfies DelegateDecision[];

interface Nominee extends BatchRow {
  readonly version: number;
  readonly decisionVersion: number;
  readonly person: string;
}

const describe = (facts: readonly (string | null | undefined)[]): string =>
  joinNames(facts.flatMap((fact) => fact ?? []));

/** Those on whom the reader’s organisation has still to decide. */
function listNominees({ officerNominations, delegateNominations }: PageGroup): Nominee[] {
  const onDay = (day: string) => t('form.nominatedOn', { day: formatDate(day) });
  const languagesOf = (codes: readonly string[] | null) =>
    codes && codes.map(nameOfLanguage).join(', ');
  const officers = (officerNominations ?? [])
    .filter(({ status }) => status === 'PENDING')
    .map(({ id, version, decisionVersion, nominatedOn, officer }) => ({
      id,
      version,
      decisionVersion: decisionVersion ?? 0,
      person: officer.id,
      name: nameOrSender(officer.id, officer.name),
      about: describe([
        officer.rank,
        officer.unit?.name,
        languagesOf(officer.languages),
        onDay(nominatedOn),
      ]),
    }));
  const delegates = (delegateNominations ?? [])
    .filter(({ status }) => status === 'PENDING')
    .map(({ id, version, nominatedOn, delegate }) => ({
      id,
      version,
      decisionVersion: 0,
      person: delegate.id,
      name: nameOrSender(delegate.id, delegate.name),
      about: describe([delegate.employer, languagesOf(delegate.languages), onDay(nominatedOn)]),
    }));
  return [...officers, ...delegates];
}

interface DecideProps {
  readonly group: PageGroup;
  readonly nominees: readonly Nominee[];
  readonly refetch: () => void;
}

/** The decisions of the network on officers, or of the offices on delegates. */
function DecideAll({ group, nominees, refetch }: DecideProps) {
  const isOfOffices = person.value?.organisation === 'ncm';
  const decisions = isOfOffices ? delegateDecisions : officerDecisions;
  const column: BatchColumn = {
    key: 'decision',
    title: t('tasks.decision'),
    options: decisions.map((value) => ({ value, label: t(`decisions.${value}`) })),
    now: () => ({ state: t('form.leave') }),
  };
  const toDecision = ({ row, value, reason }: Change) => {
    const nominee = nominees.find(({ id }) => id === row);
    const version = nominee?.version ?? 0;
    const own = { nomination: row, version, reason, decision: value as never };
    const { person: officer = '', decisionVersion = 0 } = nominee ?? {};
    return { own, ofOfficer: { ...own, officer, decisionVersion } };
  };
  const decide = async ({ changes, values, idempotencyKey }: Sent): Promise<BatchOutcome> => {
    const common = { ...values, on: String(values['on']), group: group.id, idempotencyKey };
    const chosen = changes.map(toDecision);
    if (isOfOffices) {
      const input = { ...common, decisions: chosen.map(({ own }) => own) };
      const { data, errors } = await sendOperation(decideDelegates, { input });
      return { results: data?.decideDelegates?.results, errors };
    }
    const input = { ...common, decisions: chosen.map(({ ofOfficer }) => ofOfficer) };
    const { data, errors } = await sendOperation(decideOfficers, { input });
    return { results: data?.decideOfficers?.results, errors };
  };
  /** The local authority that selected together with the office. */
  const authorities = (group.from.selectors ?? []).flatMap((party) =>
    party?.name && ownerOf(party.id) !== 'ncm' ? [{ value: party.id, label: party.name }] : [],
  );
  return (
    <Batch
      rows={nominees}
      columns={[column]}
      needReason={['DECLINE', 'RELEASE']}
      input={isOfOffices ? 'DecideDelegatesInput' : 'DecideOfficersInput'}
      fields={
        isOfOffices
          ? ['on', ...(authorities.length > 0 ? ['authority'] : []), 'localAuthority']
          : ['on']
      }
      choices={{ authority: authorities }}
      submitLabel={t('form.saveDecisions')}
      empty={t('form.noNominees')}
      refetch={refetch}
      onSend={decide}
      undoOf={({ row }) =>
        doHref(isOfOffices ? 'reopenDelegateNomination' : 'reopenOfficerNomination', group.id, row)
      }
    />
  );
}

/** All nominees of a group on whom the reader decides: `/programme/nominees?id=…`. */
export function NomineesPage() {
  const id = useLocation().query['id'] ?? '';
  const { organisation, role } = person.value ?? {};
  const isCoordinator = role === 'coordinator';
  const isDecider = organisation === 'nbnp' || organisation === 'ncm';
  const list = organisation === 'ncm' ? 'delegateNominations' : 'officerNominations';
  const { response, refetch } = useQuery(nomineesQuery, {
    id,
    ofOfficers: isCoordinator && organisation !== 'ncm',
    ofDelegates: isCoordinator && organisation === 'ncm',
  });
  const group = response?.data?.group;
  return (
    <BatchPage
      title="form.allNominees"
      lead={isDecider ? 'form.nomineesLead' : 'form.ownNomineesLead'}
      {...{ group, response, refetch }}
    >
      {group &&
        (group[list] ? (
          <>
            {isDecider && (
              <>
                <h2>{t('form.nominees')}</h2>
                <DecideAll group={group} nominees={listNominees(group)} refetch={refetch} />
              </>
            )}
            <h2>{t('form.allNominees')}</h2>
            <Nominate group={group} />
            <Nominations group={group} />
          </>
        ) : (
          <NoValue why={whyNull(response.errors, ['group', list], organisation)} />
        ))}
    </BatchPage>
  );
}
