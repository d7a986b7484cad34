import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useMemo } from 'preact/hooks';
import { sendOperation } from '../../client/send-operation.ts';
import { ownerOf } from '../../client/why-null.ts';
import { contractOf, nameOfPartner, settings } from '../../frame/settings.ts';
import { useTitle } from '../../frame/title.ts';
import type { TypedDocumentString } from '../../generated/graphql.ts';
import { useFormWords } from '../../parts/form/form-words.ts';
import { personHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { say, useRecordWords } from '../../parts/record-words.ts';
import { SignInButton } from '../../parts/sign-in-button.tsx';
import { hasRoom } from '../../parts/use-width.ts';
import { person } from '../../session/session.ts';
import { formatTime, t } from '../../words/language.ts';
import {
  columns,
  entryOfChange,
  entryOfPersonReading,
  entryOfReading,
  type Entry,
} from './entries.ts';
import { EntryList, type Page } from './entry-list.tsx';
import { EvidenceFile } from './evidence.tsx';
import { days, FilterForm, hrefOf, nameOfType, nothing, type Filter } from './filter.tsx';
import { Keeping } from './keeping.tsx';
import { Proof } from './proof.tsx';
import type { Evidence, Proven } from './prove.tsx';
import { ReadEach } from './read-each.tsx';
import { changesQuery, personReadingsQuery, readingsQuery } from './record-query.ts';

const parts = ['readings', 'changes', 'keeping', 'proof'] as const;
type Part = (typeof parts)[number];

interface ListProps {
  readonly filter: Filter;
  /** The organisation of the reader. */
  readonly own: string;
}

const few = 100;
const most = 1000;

/** The organisations whose records are read. */
const ownersOf = ({ owner, person: about }: Filter): readonly string[] => {
  if (about !== '') return [ownerOf(about)];
  return owner === '' ? settings.value.partners.map(({ code }) => code) : [owner];
};

interface QueriedProps<Data, Variables> extends ListProps {
  readonly part: keyof typeof columns;
  readonly document: TypedDocumentString<Data, Variables>;
  readonly variablesOf: (owner: string, first: number) => Variables;
  readonly pageOf: (owner: string, data: Data) => Page | null | undefined;
}

/** One part of the record, of each organisation that the filter wants. */
function Queried<Data, Variables>(props: QueriedProps<Data, Variables>) {
  const { part, filter, document, variablesOf, pageOf } = props;
  // What the graph does not look for is looked for among as many as it gives.
  const isNarrow = ['by', 'name', 'role', 'type', 'purpose', 'kind', 'until'].some(
    (name) => filter[name as keyof Filter] !== '',
  );
  const first = useSignal(isNarrow ? most : few);
  const queries = new Map(
    ownersOf(filter).map((owner) => [owner, variablesOf(owner, first.value)] as const),
  );
  const { from, to } = days(filter);
  const isOf = (wanted: string, value: string | null | undefined) =>
    wanted === '' || value === wanted;
  const isWanted = ({ at, by, who, role, type, purpose }: Entry) =>
    isOf(filter.by, by) &&
    who.toLowerCase().includes(filter.name.toLowerCase()) &&
    isOf(filter.role, role) &&
    (filter.type === '' || nameOfType(type ?? '') === nameOfType(filter.type)) &&
    isOf(filter.purpose, purpose) &&
    (from === null || at >= from) &&
    (to === null || at <= to);
  const prove = async (): Promise<Proven> => {
    const asked = { 'hub-evidence': '1' };
    const send = (variables: Variables) => sendOperation(document, variables, undefined, asked);
    const responses = await Promise.all([...queries.values()].map(send));
    return {
      responses: responses.map(({ body }) => {
        const { extensions } = (body ?? {}) as { extensions?: { evidence?: Evidence | null } };
        return { body, evidence: extensions?.evidence ?? undefined };
      }),
    };
  };
  return (
    <ReadEach document={document} queries={queries}>
      {(all) => (
        <EntryList
          part={part}
          all={all}
          pages={all.parts.flatMap(([owner, data]) => pageOf(owner, data) ?? [])}
          first={first.value}
          readMore={first.value < most ? () => (first.value = most) : undefined}
          isWanted={isWanted}
          kind={filter.kind}
          hrefOfKind={(kind) => hrefOf({ ...filter, kind })}
          hrefOfServers={filter.role === '' ? hrefOf({ ...filter, role: 'service' }) : undefined}
          hrefOfOlder={(until) => hrefOf({ ...filter, until })}
          heads={columns[part]}
          prove={prove}
        />
      )}
    </ReadEach>
  );
}

function Readings({ filter, own }: ListProps) {
  return (
    <Queried
      part="readings"
      filter={filter}
      own={own}
      document={readingsQuery}
      variablesOf={(owner, first) => ({ ...contractOf(owner), ...days(filter), first })}
      pageOf={(owner, { police, offices, network }) => {
        const page = police ?? offices ?? network;
        return (
          page && {
            entries: page.nodes.map((reading) => entryOfReading(owner, reading)),
            hasMore: page.pageInfo.hasNextPage,
          }
        );
      }}
    />
  );
}

function PersonReadings({ filter, own }: ListProps) {
  const owner = ownerOf(filter.person);
  if (owner !== own) return <p>{say('notHere', { organisation: nameOfPartner(owner) })}</p>;
  const { ofPolice, ofOffices } = contractOf(owner);
  return (
    <Queried
      part="readings"
      filter={filter}
      own={own}
      document={personReadingsQuery}
      variablesOf={(_owner, first) => ({ id: filter.person, ofPolice, ofOffices, first })}
      pageOf={(_owner, { officer, expert, delegate }) => {
        const page = (officer ?? expert ?? delegate)?.readings;
        return page
          ? {
              entries: page.nodes.map(entryOfPersonReading),
              hasMore: page.pageInfo.hasNextPage,
            }
          : undefined;
      }}
    />
  );
}

function Changes({ filter, own }: ListProps) {
  const about = {
    own,
    hrefOf: (one: string) => hrefOf({ part: 'changes', person: one }),
  };
  return (
    <Queried
      part="changes"
      filter={filter}
      own={own}
      document={changesQuery}
      variablesOf={(owner, first) => ({
        ...contractOf(owner),
        ...days(filter),
        first,
        subject: filter.person === '' ? null : filter.person,
        // Others name no people of theirs.
        namesPeople: owner === own,
      })}
      pageOf={(owner, { police, offices, network }) => {
        const page = police ?? offices ?? network;
        return (
          page && {
            entries: page.nodes.map((change) => entryOfChange(owner, change, about)),
            hasMore: page.pageInfo.hasNextPage,
          }
        );
      }}
    />
  );
}

/** Whose lines these are, and where the reader finds more of the person. */
function About({ filter: { person: id, part } }: Pick<ListProps, 'filter'>) {
  if (id === '') return null;
  return (
    <p>
      {say('onePerson', { organisation: nameOfPartner(ownerOf(id)) })}{' '}
      <a href={personHref(id)}>{say('personPage')}</a>
      {' · '}
      <a href={hrefOf({ part, person: '' })}>{say('clear')}</a>
    </p>
  );
}

function Parts({ own }: { own: string }) {
  const { query, route } = useLocation();
  const filter: Filter = { ...nothing, ...query };
  const part: Part = parts.find((one) => one === filter.part) ?? 'readings';
  const set = (change: Partial<Filter>) => route(hrefOf({ ...filter, part, until: '', ...change }));
  const key = JSON.stringify(filter);
  // On a phone, the filter would stand above the first lines.
  const isRoomy = useMemo(hasRoom, []);
  const isFiltered = Object.entries(filter).some(
    ([name, value]) => name !== 'part' && value !== '',
  );
  const List = part === 'changes' ? Changes : filter.person === '' ? Readings : PersonReadings;
  return (
    <>
      <nav aria-label={say('parts')}>
        <ul class="doings">
          {parts.map((one) => (
            <li key={one}>
              <a
                href={hrefOf({ part: one, person: filter.person })}
                aria-current={one === part ? 'page' : undefined}
              >
                {say(one)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {(part === 'readings' || part === 'changes') && (
        <>
          <h2>{say(part)}</h2>
          <About filter={{ ...filter, part }} />
          <details class="record-filter" open={isRoomy || isFiltered}>
            <summary>{say('filter')}</summary>
            <FilterForm filter={filter} part={part} set={set} />
          </details>
          {filter.until !== '' && (
            <p>
              {say('olderShown', { time: formatTime(filter.until) })}{' '}
              <a href={hrefOf({ ...filter, until: '' })}>{say('newest')}</a>
            </p>
          )}
          {filter.owner !== own && filter.person === '' && part === 'readings' && (
            <p class="soft">{say('ofOthers', { organisation: nameOfPartner(own) })}</p>
          )}
          <List key={key} filter={filter} own={own} />
        </>
      )}
      {part === 'keeping' && <Keeping own={own} hrefOf={hrefOf} />}
      {part === 'proof' && (
        <>
          <Proof />
          <EvidenceFile />
        </>
      )}
    </>
  );
}

/** What a reader of an organisation sees of it: auditors all, co-ordinators what they must erase and hold. */
function OwnRecord({ organisation, role }: { organisation: string; role: string }) {
  const areLabelsHere = useFormWords();
  if (!areLabelsHere) return <Loading />;
  if (role === 'auditor')
    return (
      <>
        <p class="lead">{say('lead')}</p>
        <Parts own={organisation} />
      </>
    );
  if (role === 'participant') return <a href="/my-journey">{t('personFile.about')}</a>;
  return (
    <>
      {role === 'coordinator' && <Keeping own={organisation} hrefOf={hrefOf} />}
      <p>{say('forAuditors')}</p>
    </>
  );
}

/** The record of all organisations as far as an auditor may read it: to filter, read, verify and save. */
export function RecordPage() {
  const reader = person.value;
  const areWordsHere = useRecordWords();
  useTitle(t('frame.record'));
  if (!areWordsHere) return <Loading />;
  return (
    <>
      <h1>{say(reader?.role === 'coordinator' ? 'keeping' : 'title')}</h1>
      {reader ? (
        <OwnRecord organisation={reader.organisation} role={reader.role} />
      ) : (
        <p>
          {say('forVisitors')} <SignInButton />
        </p>
      )}
    </>
  );
}
