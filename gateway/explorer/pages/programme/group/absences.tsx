import type { GraphError } from '../../../client/send-operation.ts';
import { whyNull } from '../../../client/why-null.ts';
import { Known } from '../../../parts/no-value.tsx';
import { Table } from '../../../parts/table.tsx';
import { formatDate, t } from '../../../words/language.ts';
import type { PageGroup } from './group-query.ts';
import { MemberName } from './members-table.tsx';
import type { KnownMember } from './members.ts';

interface AbsencesProps {
  readonly group: PageGroup;
  readonly errors: readonly GraphError[];
  readonly members: readonly KnownMember[];
}

/** Who did not travel, or went home early. Nothing where everybody travelled. */
export function Absences({ group: { absences }, errors, members }: AbsencesProps) {
  if (!absences || absences.length === 0) return null;
  const rows = absences.map((absence, index) => ({ absence, index }));
  return (
    <>
      <h2>{t('programme.absences')}</h2>
      <Table
        caption={t('programme.absences')}
        rows={rows}
        keyOf={({ index }) => String(index)}
        columns={[
          {
            title: t('programme.name'),
            of: ({ absence: { participant } }) => {
              const member = members.find(({ id }) => id === participant?.id);
              return member ? <MemberName {...member} /> : <code>{participant?.id}</code>;
            },
          },
          { title: t('programme.visit'), of: ({ absence }) => absence.visit.title },
          { title: t('programme.from'), of: ({ absence }) => formatDate(absence.from) },
          {
            title: t('programme.reason'),
            of: ({ absence: { reason }, index }) => (
              <Known
                value={reason && t(`absenceReasons.${reason}`)}
                why={whyNull(errors, ['group', 'absences', index, 'reason'])}
              />
            ),
          },
        ]}
      />
    </>
  );
}
