import { ownerOf } from '../../../client/why-null.ts';
import type { FormalityKind, FormalityStatus } from '../../../generated/graphql.ts';
import { Facts } from '../../../parts/facts.tsx';
import { formalityKinds } from '../../../parts/formalities.ts';
import { NoValue } from '../../../parts/no-value.tsx';
import { PersonName } from '../../../parts/person-name.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { Table } from '../../../parts/table/table.tsx';
import { hasRoom } from '../../../parts/use-width.ts';
import { person } from '../../../session/session.ts';
import { formatDate, t } from '../../../words/language.ts';
import { Badge } from '../badge.tsx';
import type { PageGroup } from './group-query.ts';
import type { ListProps } from './list-rows.tsx';
import type { KnownMember } from './members.ts';

const signs: Readonly<Record<FormalityStatus, readonly [sign: string, kind: string]>> = {
  RECEIVED: ['✓', 'good'],
  NOT_NEEDED: ['–', 'good'],
  REQUESTED: ['…', 'warn'],
  REFUSED: ['✕', 'bad'],
};

type Formality = NonNullable<KnownMember['member']['formalities']>[number];

interface StateProps {
  readonly formality: Formality | undefined;
  /** What stands above the table, because it is noted of all. */
  readonly commonNote: string | null;
}

/** One formality of one person, and what she says of it. What nobody has recorded is open. */
function State({ formality, commonNote }: StateProps) {
  if (!formality) return <Badge sign="?" text={t('programme.open')} kind="warn" />;
  const { status, on, note, saidDoneOn, saidNote } = formality;
  const [sign, look] = signs[status];
  return (
    <>
      <Badge sign={sign} text={t(`formalityStates.${status}`)} kind={look} />
      <div class="soft">
        {formatDate(on)} {note !== commonNote && note}
      </div>
      {saidDoneOn && (
        <div>
          <strong>{t('programme.saysDone', { day: formatDate(saidDoneOn) })}</strong> {saidNote}
        </div>
      )}
    </>
  );
}

/** What is noted of one kind of paper, if it is the same of all. */
function findCommonNote(members: readonly KnownMember[], kind: FormalityKind): string | null {
  const notes = new Set(
    members.map(({ member }) => member.formalities?.find((one) => one.kind === kind)?.note ?? null),
  );
  const [note = null] = notes;
  return members.length > 1 && notes.size === 1 ? note : null;
}

type Visit = NonNullable<PageGroup['visits']>[number];

/** The visits ahead whose practical information is written, as far as the reader may see who has read it. */
const readableVisits = (visits: PageGroup['visits']): readonly Visit[] =>
  (visits ?? []).filter(
    ({ practicalInformation, informationReadBy, cancelledOn, returnedOn }) =>
      practicalInformation !== null &&
      informationReadBy !== null &&
      cancelledOn === null &&
      returnedOn === null,
  );

/** Whether the reader is told of a member’s papers. */
export const isTold = (id: string): boolean =>
  ['nbnp', ownerOf(id)].includes(person.value?.organisation ?? '');

/** Whether a member has read what to know before a visit. */
function Reading({ id, visit }: { id: string; visit: Visit }) {
  const read = visit.informationReadBy?.find(({ participant }) => participant?.id === id);
  if (!read && !isTold(id)) return null;
  if (!read) return <Badge sign="?" text={t('programme.notRead')} kind="warn" />;
  return (
    <>
      {read.isCurrent ? (
        <Badge sign="✓" text={t('programme.hasRead')} kind="good" />
      ) : (
        <Badge sign="!" text={t('programme.readEarlier')} kind="warn" />
      )}{' '}
      <span class="soft">{formatDate(read.on)}</span>
    </>
  );
}

/** How ready each member is, as far as the reader may know: her papers, and what she has read. */
export function Preparation({ group, members, isOver }: ListProps & { readonly isOver: boolean }) {
  const visits = readableVisits(group.visits);
  const hasRead = (id: string) =>
    visits.some(({ informationReadBy }) =>
      informationReadBy?.some(({ participant }) => participant?.id === id),
    );
  const rows = members.filter(
    ({ id, why }) => why('formalities') !== 'withheld' || isTold(id) || hasRead(id),
  );
  if (rows.length === 0) return null;
  const papers = formalityKinds.map((kind) => ({ kind, note: findCommonNote(rows, kind) }));
  const table = (
    <>
      <Facts facts={papers.map(({ kind, note }) => [t(`formalityKinds.${kind}`), note])} />
      <Table
        caption={t('programme.gettingReady')}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            title: t('programme.name'),
            of: ({ id, member, why }: KnownMember) => (
              <>
                <PersonName id={id} name={member.name} why={why('name')} />
                <Rehearsal of={group} />
              </>
            ),
          },
          ...papers.map(({ kind, note }) => ({
            title: t(`formalityKinds.${kind}`),
            of: ({ member: { formalities }, why }: KnownMember) =>
              formalities ? (
                <State formality={formalities.find((one) => one.kind === kind)} commonNote={note} />
              ) : (
                <NoValue why={why('formalities')} />
              ),
          })),
          ...visits.map((visit) => ({
            title: [t('programme.practical'), ...(visits.length > 1 ? [visit.title] : [])].join(
              ': ',
            ),
            of: ({ id }: KnownMember) => <Reading id={id} visit={visit} />,
          })),
        ]}
      />
    </>
  );
  // On a phone, it would be as long as all the rest; after the journey, few look at it.
  if (hasRoom() && !isOver) return table;
  return (
    <details>
      <summary>{t('programme.eachMember')}</summary>
      {table}
    </details>
  );
}
