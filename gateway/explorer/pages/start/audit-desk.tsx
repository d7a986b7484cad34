import { useQuery } from '../../client/use-query.ts';
import { contractOf } from '../../frame/settings.ts';
import { graphql } from '../../generated/gql.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { Loading } from '../../parts/loading.tsx';
import { NoValue } from '../../parts/no-value.tsx';
import { say, useRecordWords } from '../../parts/record-words.ts';
import { today } from '../../parts/today.ts';
import { person } from '../../session/session.ts';
import { formatNumber, t } from '../../words/language.ts';

const auditQuery = graphql(`
  query PageAuditDesk(
    $country: CountryCode!
    $ofPolice: Boolean!
    $ofOffices: Boolean!
    $ofNetwork: Boolean!
    $from: DateTime!
  ) {
    policeRead: policeDisclosures(country: $country, first: 1000, from: $from)
      @include(if: $ofPolice) {
      ...DeskReadings
    }
    officesRead: officeDisclosures(first: 1000, from: $from) @include(if: $ofOffices) {
      ...DeskReadings
    }
    networkRead: networkDisclosures(first: 1000, from: $from) @include(if: $ofNetwork) {
      ...DeskReadings
    }
    policeDue: policeRetention(country: $country, first: 1000) @include(if: $ofPolice) {
      ...DeskDue
    }
    officesDue: officeRetention(first: 1000) @include(if: $ofOffices) {
      ...DeskDue
    }
    networkDue: networkRetention(first: 1000) @include(if: $ofNetwork) {
      ...DeskDue
    }
  }

  fragment DeskReadings on DisclosureConnection {
    nodes {
      id
      wasRefused
    }
    pageInfo {
      hasNextPage
    }
  }

  fragment DeskDue on RetentionDueConnection {
    nodes {
      dueOn
      hold {
        until
      }
    }
    pageInfo {
      hasNextPage
    }
  }
`);

const dayMs = 24 * 60 * 60 * 1000;

/** Each hour has its own, so that drawing the page again asks nothing anew. */
const aDayAgo = (): string =>
  `${new Date(Date.now() - dayMs).toISOString().slice(0, 'yyyy-mm-ddThh'.length)}:00:00Z`;

interface Counted {
  readonly pageInfo: { readonly hasNextPage: boolean };
}

/** A part of a list, as a number; with a plus if there may be more. */
const countOf = (rows: readonly unknown[], { pageInfo }: Counted): string =>
  `${formatNumber(rows.length)}${pageInfo.hasNextPage ? '+' : ''}`;

/** What auditors look at first: who read lately, and what should have been erased. */
export function AuditDesk() {
  const areWordsHere = useRecordWords();
  const variables = { ...contractOf(person.value?.organisation ?? ''), from: aDayAgo() };
  const { response, refetch } = useQuery(auditQuery, variables);
  if (!areWordsHere || !response) return <Loading />;
  const { data } = response;
  const read = data?.policeRead ?? data?.officesRead ?? data?.networkRead;
  const due = data?.policeDue ?? data?.officesDue ?? data?.networkDue;
  const late = due?.nodes.filter(({ dueOn, hold }) => dueOn < today() && hold === null) ?? [];
  const refused = read?.nodes.filter(({ wasRefused }) => wasRefused) ?? [];
  const readings = read && {
    count: countOf(read.nodes, read),
    refused: countOf(refused, read),
  };
  return (
    <>
      <ResponseNote response={response} refetch={refetch} />
      <ul class="cards">
        <li>
          <a href="/record">
            <strong>{say('readings')}</strong>
            <span>{readings ? t('start.readLately', readings) : <NoValue why="missing" />}</span>
          </a>
        </li>
        <li>
          <a href="/record?part=changes">
            <strong>{say('changes')}</strong>
            <span>{t('start.toChanges')}</span>
          </a>
        </li>
        <li>
          <a href="/record?part=keeping">
            <strong>{say('keeping')}</strong>
            <span>
              {due && late.length === 0 && say('noOverdue')}
              {due && late.length > 0 && `${say('overdue')}: ${countOf(late, due)}`}
              {!due && <NoValue why="missing" />}
            </span>
          </a>
        </li>
        <li>
          <a href="/record?part=proof">
            <strong>{say('proof')}</strong>
            <span>{t('start.toProof')}</span>
          </a>
        </li>
      </ul>
    </>
  );
}
