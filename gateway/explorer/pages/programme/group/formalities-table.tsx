import { ownerOf } from '../../../client/why-null.ts';
import type { FormalityKind, FormalityStatus } from '../../../generated/graphql.ts';
import { NoValue } from '../../../parts/no-value.tsx';
import { Table } from '../../../parts/table.tsx';
import { person } from '../../../session/session.ts';
import { formatDate, t } from '../../../words/language.ts';
import { Badge } from '../badge.tsx';
import type { PageGroup } from './group-query.ts';
import { MemberName } from './members-table.tsx';
import type { KnownMember } from './members.ts';

const kinds: readonly FormalityKind[] = [
  'CONSENT',
  'INSURANCE',
  'INVITATION_LETTER',
  'TICKET',
  'VISA',
];

const signs: Readonly<Record<FormalityStatus, readonly [sign: string, kind: string]>> = {
  RECEIVED: ['✓', 'good'],
  NOT_NEEDED: ['–', 'good'],
  REQUESTED: ['…', 'warn'],
  REFUSED: ['✕', 'bad'],
};

/** One formality of one person. What nobody has recorded is open. */
function Cell({ member, why, kind }: KnownMember & { kind: FormalityKind }) {
  if (!member.formalities) return <NoValue why={why('formalities')} />;
  const formality = member.formalities.find((one) => one.kind === kind);
  if (!formality) return <Badge sign="?" text={t('programme.open')} kind="warn" />;
  const [sign, look] = signs[formality.status];
  return (
    <>
      <Badge sign={sign} text={t(`formalityStates.${formality.status}`)} kind={look} />
      <br />
      <span class="soft">{formatDate(formality.on)}</span>
      {formality.note && <div class="soft">{formality.note}</div>}
      {formality.saidDoneOn && (
        <div>
          <strong>{t('programme.saysDone', { day: formatDate(formality.saidDoneOn) })}</strong>{' '}
          {formality.saidNote}
        </div>
      )}
    </>
  );
}

/** The visits ahead whose practical information is written, as far as the reader may see who has read it. */
const readableVisits = (visits: PageGroup['visits']) =>
  (visits ?? []).filter(
    ({ practicalInformation, informationReadBy, cancelledOn, returnedOn }) =>
      practicalInformation !== null &&
      informationReadBy !== null &&
      cancelledOn === null &&
      returnedOn === null,
  );

type Visit = NonNullable<PageGroup['visits']>[number];

const readingOf = (id: string, { informationReadBy }: Visit) =>
  informationReadBy?.find(({ participant }) => participant?.id === id);

/** Whether the reader is told of a member’s papers. */
const isTold = (id: string): boolean =>
  ['nbnp', ownerOf(id)].includes(person.value?.organisation ?? '');

function InformationCell({ id, visit }: { id: string; visit: Visit }) {
  const read = readingOf(id, visit);
  if (!read && !isTold(id)) return <NoValue why="withheld" />;
  if (!read) return <Badge sign="?" text={t('programme.notRead')} kind="warn" />;
  return (
    <>
      {read.isCurrent ? (
        <Badge sign="✓" text={t('programme.hasRead')} kind="good" />
      ) : (
        <Badge sign="!" text={t('programme.readEarlier')} kind="warn" />
      )}
      <br />
      <span class="soft">{formatDate(read.on)}</span>
    </>
  );
}

/** Which papers each member has, and who has read what to know before the journey. */
export function FormalitiesTable({
  members,
  visits,
}: {
  members: readonly KnownMember[];
  visits: PageGroup['visits'];
}) {
  const readable = readableVisits(visits);
  const shown = members.filter(
    ({ id, why }) =>
      why('formalities') !== 'withheld' ||
      isTold(id) ||
      readable.some((visit) => readingOf(id, visit)),
  );
  const withheld = members.length - shown.length;
  const note = withheld > 0 && (
    <p>{t('programme.withheldOf', { number: withheld, all: members.length })}</p>
  );
  if (shown.length === 0) return note || null;
  return (
    <>
      {note}
      <Table
        caption={t('programme.formalities')}
        rows={shown}
        keyOf={({ id }) => id}
        columns={[
          { title: t('programme.name'), of: (row) => <MemberName {...row} /> },
          ...kinds.map((kind) => ({
            title: t(`formalityKinds.${kind}`),
            of: (row: KnownMember) => <Cell {...row} kind={kind} />,
          })),
          ...readable.map((visit) => ({
            title: [t('programme.practical'), ...(readable.length > 1 ? [visit.title] : [])].join(
              ': ',
            ),
            of: ({ id }: KnownMember) => <InformationCell id={id} visit={visit} />,
          })),
        ]}
      />
    </>
  );
}
