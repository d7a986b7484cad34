import type { FormalityKind, FormalityStatus } from '../../../generated/graphql.ts';
import { NoValue } from '../../../parts/no-value.tsx';
import { Table } from '../../../parts/table.tsx';
import { formatDate, t } from '../../../words/language.ts';
import { Badge } from '../badge.tsx';
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
    </>
  );
}

/** Which papers each member has. */
export function FormalitiesTable({ members }: { members: readonly KnownMember[] }) {
  if (members.length === 0) return null;
  return (
    <Table
      caption={t('programme.formalities')}
      rows={members}
      keyOf={({ id }) => id}
      columns={[
        { title: t('programme.name'), of: (row) => <MemberName {...row} /> },
        ...kinds.map((kind) => ({
          title: t(`formalityKinds.${kind}`),
          of: (row: KnownMember) => <Cell {...row} kind={kind} />,
        })),
      ]}
    />
  );
}
