import { Fragment } from 'preact';
import { useQuery } from '../../client/use-query.ts';
import { contractOf, nameOfPartner } from '../../frame/settings.ts';
import type {
  RecordDueFragment,
  RecordErasureFragment,
  RecordHoldFragment,
} from '../../generated/graphql.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { titleOf } from '../../parts/form/form-words.ts';
import { personHref, visitHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { NoPart } from '../../parts/no-part.tsx';
import { FormLinks } from '../../parts/planning-links.tsx';
import { say } from '../../parts/record-words.ts';
import { daysFromToday, today } from '../../parts/today.ts';
import { person as reader } from '../../session/session.ts';
import { formatDate } from '../../words/language.ts';
import { keepingQuery } from './record-query.ts';

interface KeepingProps {
  /** The organisation of the reader. */
  readonly own: string;
  readonly hrefOf: (filter: Readonly<Record<string, string>>) => string;
}

interface About extends Pick<RecordDueFragment, 'person' | 'visit'> {
  readonly isHeld: boolean;
}

/** Where the reader finds more of what a line is about: a person, or a visit with its contacts. */
function Links({ person, visit, isHeld, own, hrefOf }: About & KeepingProps) {
  const isAuditor = reader.value?.role === 'auditor';
  const links = [
    visit
      ? ([visitHref(visit), say('visitPage')] as const)
      : ([personHref(person), say('personPage')] as const),
    ...(isAuditor ? [[hrefOf({ part: 'changes', person }), say('changes')] as const] : []),
    ...(isAuditor && !visit
      ? [[hrefOf({ part: 'readings', person }), say('readings')] as const]
      : []),
  ];
  return (
    <>
      <p>
        {links.map(([href, text], index) => (
          <span key={href}>
            {index > 0 && ' · '}
            <a href={href}>
              {text}
              <span class="unseen"> ({person})</span>
            </a>
          </span>
        ))}
      </p>
      {visit && (
        <FormLinks
          by={own}
          id={visit}
          part={person}
          forms={[
            [formsOf(own).hold, titleOf('holdContacts')],
            [formsOf(own).lift, titleOf('liftContacts'), isHeld],
          ]}
        />
      )}
    </>
  );
}

/** The forms of an organisation about whom to call during a visit. */
function formsOf(own: string) {
  const { ofNetwork, ofOffices } = contractOf(own);
  if (ofNetwork) return { hold: 'holdNetworkContacts', lift: 'liftNetworkContacts' };
  return ofOffices
    ? { hold: 'holdOfficeContacts', lift: 'liftOfficeContacts' }
    : { hold: 'holdPoliceContacts', lift: 'liftPoliceContacts' };
}

const heldUntil = ({ until, reason }: Pick<RecordHoldFragment, 'until' | 'reason'>): string =>
  say('heldUntil', { day: formatDate(until ?? ''), reason });

/** Kinds of data, and whose. The id says nothing about the person. */
const nameData = (kind: string, person: string): string => `${kind} (${person})`;

function Due({ due, ...shared }: KeepingProps & { readonly due: RecordDueFragment }) {
  const { person, visit, kind, dueOn, hold } = due;
  const what = nameData(say(`kinds_${visit ? 'CONTACTS_OF_VISIT' : kind}`), person);
  return (
    <li>
      <p>{say('dueRow', { kind: what, day: formatDate(dueOn) })}</p>
      {hold && <p>{heldUntil(hold)}</p>}
      <Links person={person} visit={visit} isHeld={hold !== null} {...shared} />
    </li>
  );
}

function Held({ hold, ...shared }: KeepingProps & { readonly hold: RecordHoldFragment }) {
  const { person, visit } = hold;
  return (
    <li>
      <p>{nameData(say(visit ? 'kinds_CONTACTS_OF_VISIT' : 'allOfPerson'), person)}</p>
      <p>{heldUntil(hold)}</p>
      <Links person={person} visit={visit} isHeld {...shared} />
    </li>
  );
}

function Erased({
  erasure: { person, at, holder, removedAt },
}: {
  erasure: RecordErasureFragment;
}) {
  const said = { day: formatDate(at.slice(0, 10)), holder: nameOfPartner(holder) };
  return (
    <li>
      {removedAt === null
        ? say('erasedOpen', said)
        : say('erasedRow', { ...said, confirmed: formatDate(removedAt.slice(0, 10)) })}{' '}
      ({person})
    </li>
  );
}

/** The lists have what is erased within so many days. */
const daysListed = 30;

/** What is overdue to erase first; then what is due or held, and who was erased. */
export function Keeping({ own, hrefOf }: KeepingProps) {
  const contract = contractOf(own);
  const { response, refetch } = useQuery(keepingQuery, contract);
  const { data, errors = [] } = response ?? {};
  const due = (data?.policeDue ?? data?.officeDue ?? data?.networkDue)?.nodes;
  const held = (data?.policeHeld ?? data?.officeHeld ?? data?.networkHeld)?.nodes;
  const erased = (data?.policeErased ?? data?.officeErased)?.nodes;
  const isLate = ({ dueOn, hold }: RecordDueFragment) => dueOn < today() && hold === null;
  const shared = { own, hrefOf };
  const rowsOf = (isWanted: boolean) =>
    (due ?? [])
      .filter((row) => isLate(row) === isWanted)
      .map((row) => <Due key={`${row.person} ${row.kind}`} due={row} {...shared} />);
  const open = (erased ?? []).filter(({ removedAt }) => removedAt === null);
  const done = (erased ?? []).filter(({ removedAt }) => removedAt !== null);
  const prefix = contract.ofNetwork ? 'network' : contract.ofOffices ? 'office' : 'police';
  const missing = (list: 'Due' | 'Held' | 'Erased') =>
    response && <NoPart errors={errors} path={[`${prefix}${list}`]} owner={own} />;
  const toLine = (erasure: RecordErasureFragment) => <Erased key={erasure.id} erasure={erasure} />;
  const lists = [
    // Of what is due, its absence is said above.
    {
      title: say('due'),
      rows: due ? rowsOf(false) : [],
      none: say('noDue', { day: formatDate(daysFromToday(daysListed)) }),
      list: 'Due',
    },
    {
      title: say('kind_holds'),
      rows: held?.map((hold) => <Held key={hold.person} hold={hold} {...shared} />),
      none: say('noHolds'),
      list: 'Held',
    },
    ...(contract.ofNetwork
      ? []
      : [
          {
            title: say('erased'),
            rows: erased && done.map(toLine),
            none: say('noErased'),
            list: 'Erased',
          } as const,
        ]),
  ] as const;
  const overdue = due ? [...rowsOf(true), ...open.map(toLine)] : [];
  const nothing = [
    ...(due && overdue.length === 0 ? [say('noOverdue')] : []),
    ...lists.flatMap(({ rows, none, list }) =>
      rows?.length === 0 && (list !== 'Due' || due) ? [none] : [],
    ),
  ];
  return (
    <>
      <ResponseNote response={response} refetch={refetch} />
      {!response && <Loading />}
      {response && (!due || overdue.length > 0) && <h2>{say('overdue')}</h2>}
      {overdue.length > 0 && <ul class="known">{overdue}</ul>}
      {!due && missing('Due')}
      {lists.map(
        ({ title, rows, list }) =>
          rows?.length !== 0 && (
            <Fragment key={title}>
              <h2>{title}</h2>
              {rows ? <ul class="known">{rows}</ul> : missing(list)}
            </Fragment>
          ),
      )}
      {/* What is empty needs no heading, and is said at once. */}
      {nothing.length > 0 && <p>{nothing.join(' ')}</p>}
      {contract.ofNetwork && <p>{say('noPeople', { organisation: nameOfPartner(own) })}</p>}
      {reader.value?.role === 'auditor' && (
        <ul class="doings">
          <li>
            <a href={hrefOf({ part: 'changes', owner: own, kind: 'runs' })}>{say('runsLink')}</a>
          </li>
          <li>
            <a href={hrefOf({ part: 'changes', owner: own, kind: 'holds' })}>{say('holdsLink')}</a>
          </li>
        </ul>
      )}
    </>
  );
}
