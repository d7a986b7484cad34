import { Table } from '../../../parts/table.tsx';
import { t } from '../../../words/language.ts';
import { MemberName } from './members-table.tsx';
import type { KnownMember } from './members.ts';

/** Diet, access and emergency contacts of the members, as far as the caller may read them. */
export function TravelNeeds({ members }: { members: readonly KnownMember[] }) {
  const rows = members.filter(({ member: { travelNeeds } }) =>
    [travelNeeds?.diet, travelNeeds?.access, travelNeeds?.emergencyContact].some(Boolean),
  );
  const withheld = members.filter(({ why }) => why('travelNeeds') === 'withheld').length;
  if (rows.length + withheld === 0) return null;
  return (
    <>
      <h2>{t('programme.travelNeeds')}</h2>
      {withheld > 0 && (
        <p>{t('programme.withheldOf', { number: withheld, all: members.length })}</p>
      )}
      {rows.length > 0 && (
        <Table
          caption={t('programme.travelNeeds')}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            { title: t('programme.name'), of: (row) => <MemberName {...row} /> },
            { title: t('programme.diet'), of: ({ member }) => member.travelNeeds?.diet },
            { title: t('programme.access'), of: ({ member }) => member.travelNeeds?.access },
            {
              title: t('programme.emergencyContact'),
              of: ({ member }) => member.travelNeeds?.emergencyContact,
            },
          ]}
        />
      )}
    </>
  );
}
