import { useSignal } from '@preact/signals';
import type { TargetedSubmitEvent } from 'preact';
import { useQuery } from '../../client/use-query.ts';
import { whyNull } from '../../client/why-null.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import { useTitle } from '../../frame/title.ts';
import type { GroupState, PageAccessFragment, PagePeopleQuery } from '../../generated/graphql.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { sayOfPeople as say, useFormWords } from '../../parts/form/form-words.ts';
import { directoryHref, doHref, groupHref, personHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { Known, NoValue } from '../../parts/no-value.tsx';
import { Outcome } from '../../parts/outcome.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { SignInButton } from '../../parts/sign-in-button.tsx';
import { Table } from '../../parts/table/table.tsx';
import { countryOfReader, isStaff, person } from '../../session/session.ts';
import { findText, formatDate, formatNumber, t } from '../../words/language.ts';
import { joinNames, orderByName } from '../../words/names.ts';
import { AccessState } from './access-state.tsx';
import { groupsOfPeopleQuery, peopleQuery } from './people-query.ts';

type Kind = 'officers' | 'experts' | 'delegates';

/** The form that registers one of them. */
const registers: Readonly<Record<Kind, string>> = {
  officers: 'registerOfficer',
  experts: 'registerExpert',
  delegates: 'registerDelegate',
};

interface Row {
  readonly id: string;
  readonly isRehearsal: boolean;
  readonly name: string | null;
  readonly body: string | null;
  readonly isReached: boolean;
  /** Until when nothing of hers is erased. */
  readonly heldUntil: string | null;
  /** Undefined for experts, who are not invited. */
  readonly access?: PageAccessFragment | null;
}

function listRows(data: PagePeopleQuery | null, kind: Kind): Row[] {
  const nodes = data?.[kind]?.nodes ?? [];
  // The graph orders them without a language.
  return orderByName<(typeof nodes)[number]>(nodes, ({ name }) => name ?? '').map((row) => ({
    ...row,
    body: ('office' in row ? row.office?.name : row.unit?.name) ?? null,
    isReached: row.email !== null,
    heldUntil: row.hold?.until ?? null,
  }));
}

/** What is still to do for somebody, in words: an address of hers, or a task of the reader’s organisation. */
function listMissing({ id, name, isReached }: Row, { tasks }: PagePeopleQuery): string[] {
  if (name === null) return [];
  const kinds = tasks?.nodes.filter(({ subject }) => subject === id).map(({ kind }) => kind) ?? [];
  return [
    ...(isReached ? [] : [say('noEmail')]),
    ...[...new Set(kinds)].map((kind) => t(`taskKinds.${kind}`)),
  ];
}

/** What holds for all rows, and so needs no column. */
function listShared(kind: Kind, rows: readonly Row[]) {
  const [first] = rows;
  const areMany = rows.length > 1;
  const body =
    areMany && rows.every(({ body: one }) => one === first?.body) ? (first?.body ?? null) : null;
  const noneInvited = kind !== 'experts' && areMany && rows.every(({ access }) => access === null);
  return { body, noneInvited };
}

interface ListProps {
  readonly kind: Kind;
  /** Whether the reader looks for a name. */
  readonly isSearch: boolean;
  readonly data: PagePeopleQuery;
  readonly why: ReturnType<typeof whyNull>;
}

function List({ kind, isSearch, data, why }: ListProps) {
  const rows = listRows(data, kind);
  const { body: ofAll, noneInvited } = listShared(kind, rows);
  const all = data[kind]?.totalCount;
  const { organisation = '', role } = person.value ?? {};
  return (
    <section aria-labelledby={`people-${kind}`}>
      <h2 id={`people-${kind}`}>
        {say(kind)} {all != null && <span class="soft">{formatNumber(all)}</span>}
      </h2>
      {data[kind] && rows.length === 0 && <p>{say(isSearch ? 'nobody' : 'noneRegistered')}</p>}
      {role === 'coordinator' && (
        <p>
          <a class="button" href={doHref(registers[kind], organisation)}>
            {findText([`forms.${registers[kind]}`], {})}
          </a>
        </p>
      )}
      {!data[kind] && <NoValue why={why} />}
      {(ofAll !== null || noneInvited) && (
        <p>
          {ofAll !== null && say('allHave', { what: ofAll })} {noneInvited && say('noneInvited')}
        </p>
      )}
      {rows.length > 0 && (
        <Table
          caption={say(kind)}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            {
              title: t('programme.name'),
              of: (row) => (
                <>
                  <a href={personHref(row.id)}>{row.name ?? say('erased')}</a>
                  <Rehearsal of={row} />
                </>
              ),
            },
            ...(rows.some((row) => listMissing(row, data).length > 0)
              ? [{ title: say('missing'), of: (row: Row) => joinNames(listMissing(row, data)) }]
              : []),
            ...(kind === 'experts' || noneInvited
              ? []
              : [
                  {
                    title: say('access'),
                    of: ({ access = null, name }: Row) =>
                      name === null ? '' : <AccessState access={access} />,
                  },
                ]),
            ...(rows.some(({ heldUntil }) => heldUntil !== null)
              ? [
                  {
                    title: say('hold'),
                    of: ({ heldUntil }: Row) =>
                      heldUntil && say('held', { day: formatDate(heldUntil) }),
                  },
                ]
              : []),
            ...(ofAll === null
              ? [
                  {
                    title: say('body'),
                    of: ({ body }: Row) => <Known value={body} why="unknown" />,
                  },
                ]
              : []),
          ]}
        />
      )}
      {all != null && all > rows.length && (
        <p>{say('firstShown', { number: formatNumber(rows.length) })}</p>
      )}
    </section>
  );
}

function Lists() {
  const search = useSignal('');
  const { organisation } = person.value ?? {};
  const ofOffices = organisation === 'ncm';
  const { response, refetch } = useQuery(peopleQuery, {
    country: countryOfReader(),
    search: search.value === '' ? null : search.value,
    ofPolice: !ofOffices,
    ofOffices,
    hasTasks: isStaff(),
  });
  const kinds: readonly Kind[] = ofOffices ? ['delegates'] : ['officers', 'experts'];
  const find = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    search.value = String(new FormData(event.currentTarget).get('name') ?? '').trim();
  };
  return (
    <>
      <form class="find" role="search" onSubmit={find}>
        <label>
          {say('searchName')}
          <input type="search" name="name" autocomplete="off" />
        </label>
        <button type="submit" class="quiet">
          {say('search')}
        </button>
      </form>
      <ResponseNote response={response} refetch={refetch} />
      {!response && <Loading />}
      {response?.data &&
        kinds.map((kind) => (
          <List
            key={kind}
            kind={kind}
            isSearch={search.value !== ''}
            data={response.data as PagePeopleQuery}
            why={whyNull(response.errors, [kind], organisation)}
          />
        ))}
    </>
  );
}

/** What is over comes last. */
const isOver = ({ state }: { state: GroupState | null }): boolean =>
  state === 'EVALUATED' || state === 'CANCELLED';

/** For those who keep no people: who does, and where they read of them. */
function Elsewhere() {
  const { response, refetch } = useQuery(groupsOfPeopleQuery, {}, true);
  // Their order depends on how far they are: while somebody is awaited who knows that, they would move.
  const isAwaited = response?.awaited !== undefined;
  const nodes = isAwaited ? [] : (response?.data?.groups?.nodes ?? []);
  const groups = [...nodes.filter((one) => !isOver(one)), ...nodes.filter(isOver)];
  return (
    <>
      <p class="lead">{say('elsewhere')}</p>
      <ResponseNote response={response} refetch={refetch} />
      {(!response || isAwaited) && <Loading />}
      {groups.length > 0 && (
        <Table
          caption={t('start.groups')}
          rows={groups}
          keyOf={({ id }) => id}
          columns={[
            {
              title: t('programme.name'),
              of: (group) => (
                <>
                  <a href={groupHref(group.id)}>{group.name}</a>
                  <Rehearsal of={group} />
                </>
              ),
            },
            {
              title: t('programme.state'),
              of: ({ state }) => state && t(`groupStates.${state}`),
            },
            {
              title: t('programme.members'),
              isNumber: true,
              of: ({ memberCount }) => memberCount !== null && formatNumber(memberCount),
            },
          ]}
        />
      )}
      <p>
        <a href={directoryHref('members')}>{say('contactPoints')}</a>
      </p>
    </>
  );
}

/** Whoever the reader’s organisation has registered: who is missing what, and who can sign in. */
export function People() {
  const { organisation = '', role } = person.value ?? {};
  const areWordsHere = useFormWords();
  useTitle(t('frame.people'));
  const hasPeople = organisation === 'ncm' || countryOfReader() !== null;
  // Liaisons may not read who is invited or whose data is held.
  const mayRead = hasPeople && role === 'coordinator';
  return (
    <>
      <h1>{t('frame.people')}</h1>
      <Outcome />
      {!areWordsHere && <Loading />}
      {areWordsHere && !person.value && (
        <p>
          {say('forStaff')} <SignInButton />
        </p>
      )}
      {areWordsHere && person.value && !mayRead && <Elsewhere />}
      {areWordsHere && mayRead && (
        <>
          <p class="lead">{say('lead', { organisation: nameOfPartner(organisation) })}</p>
          <p>
            <a href="/record?part=keeping">{say('keepingLink')}</a>
          </p>
          <Lists />
        </>
      )}
    </>
  );
}
