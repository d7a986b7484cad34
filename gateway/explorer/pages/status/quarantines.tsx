import { Table } from '../../parts/table.tsx';
import { t } from '../../words/language.ts';
import type { PartnerRow } from './status-query.ts';

/** Whose published schema is not in the graph, and why. */
export function Quarantines({ partners }: { partners: readonly PartnerRow[] }) {
  const rows = partners.filter(({ quarantineReason }) => quarantineReason !== null);
  return (
    <>
      <h2>{t('status.quarantines')}</h2>
      <p>{t(rows.length > 0 ? 'status.quarantinesNote' : 'status.noQuarantines')}</p>
      {rows.length > 0 && (
        <Table
          caption={t('status.quarantines')}
          rows={rows}
          keyOf={({ code }) => code}
          columns={[
            { title: t('status.partner'), of: ({ name, code }) => `${name} (${code})` },
            {
              title: t('status.reason'),
              of: ({ quarantineReason }) => <span class="reason">{quarantineReason}</span>,
            },
          ]}
        />
      )}
    </>
  );
}
