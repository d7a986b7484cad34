import type { ComponentChildren } from 'preact';
import { useQuery } from '../../client/use-query.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import type { RecordDueFragment, RecordErasureFragment } from '../../generated/graphql.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { personHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { NoPart } from '../../parts/no-part.tsx';
import { today } from '../../parts/today.ts';
import { formatDate } from '../../words/language.ts';
import { contractOf } from './entries.ts';
import { keepingQuery } from './record-query.ts';
import { say } from './words.ts';

interface KeepingProps {
  /** The organisation of the reader. */
  readonly own: string;
  readonly hrefOf: (filter: Readonly<Record<string, string>>) => string;
}

function Lines(props: { rows: readonly ComponentChildren[]; none: string }) {
  if (props.rows.length === 0) return <p>{props.none}</p>;
  return <ul class="known">{props.rows}</ul>;
}

interface DueProps extends KeepingProps {
  readonly due: RecordDueFragment;
}

function Due({ due: { person, kind, dueOn, hold }, hrefOf }: DueProps) {
  const until = hold?.until;
  return (
    <li>
      <p>{say('dueRow', { kind: say(`kinds_${kind}`), day: formatDate(dueOn) })}</p>
      {until && <p>{say('heldUntil', { day: formatDate(until), reason: hold.reason })}</p>}
      <p>
        <a href={hrefOf({ part: 'changes', person })}>{say('changes')}</a>
        {/* Contacts may be those of a visit, which no page of a person has. */}
        {kind !== 'CONTACTS' && (
          <>
            {' · '}
            <a href={personHref(person)}>{say('personPage')}</a>
            {' · '}
            <a href={hrefOf({ part: 'readings', person })}>{say('readings')}</a>
          </>
        )}
      </p>
    </li>
  );
}

function Erased({ erasure: { at, holder, removedAt } }: { erasure: RecordErasureFragment }) {
  const said = { day: formatDate(at.slice(0, 10)), holder: nameOfPartner(holder) };
  return (
    <li>
      {removedAt === null
        ? say('erasedOpen', said)
        : say('erasedRow', { ...said, confirmed: formatDate(removedAt.slice(0, 10)) })}
    </li>
  );
}

/** What is overdue to erase first; then what is due, and who was erased. */
export function Keeping({ own, hrefOf }: KeepingProps) {
  const { ofNetwork, ...contract } = contractOf(own);
  const { response, refetch } = useQuery(keepingQuery, contract);
  const { data, errors = [] } = response ?? {};
  const due = (data?.policeDue ?? data?.officeDue)?.nodes;
  const erased = (data?.policeErased ?? data?.officeErased)?.nodes;
  const isLate = ({ dueOn, hold }: RecordDueFragment) => dueOn < today() && hold === null;
  const rowsOf = (isWanted: boolean) =>
    (due ?? [])
      .filter((row) => isLate(row) === isWanted)
      .map((row) => <Due key={`${row.person} ${row.kind}`} due={row} own={own} hrefOf={hrefOf} />);
  const open = (erased ?? []).filter(({ removedAt }) => removedAt === null);
  const done = (erased ?? []).filter(({ removedAt }) => removedAt !== null);
  const lists = contract.ofOffices
    ? (['officeDue', 'officeErased'] as const)
    : (['policeDue', 'policeErased'] as const);
  if (ofNetwork)
    return (
      <>
        <h2>{say('keeping')}</h2>
        <p>{say('noPeople', { organisation: nameOfPartner(own) })}</p>
      </>
    );
  return (
    <>
      <ResponseNote response={response} refetch={refetch} />
      {!response && <Loading />}
      <h2>{say('overdue')}</h2>
      {due && (
        <Lines
          rows={[
            ...rowsOf(true),
            ...open.map((erasure) => <Erased key={erasure.id} erasure={erasure} />),
          ]}
          none={say('noOverdue')}
        />
      )}
      {response && !due && <NoPart errors={errors} path={[lists[0]]} owner={own} />}
      <h2>{say('due')}</h2>
      {due && <Lines rows={rowsOf(false)} none={say('noDue')} />}
      <h2>{say('erased')}</h2>
      {erased && (
        <Lines
          rows={done.map((erasure) => (
            <Erased key={erasure.id} erasure={erasure} />
          ))}
          none={say('noErased')}
        />
      )}
      {response && !erased && <NoPart errors={errors} path={[lists[1]]} owner={own} />}
      <ul class="doings">
        <li>
          <a href={hrefOf({ part: 'changes', owner: own, kind: 'runs' })}>{say('runsLink')}</a>
        </li>
        <li>
          <a href={hrefOf({ part: 'changes', owner: own, kind: 'holds' })}>{say('holdsLink')}</a>
        </li>
      </ul>
    </>
  );
}
