import { Table } from '../../parts/table.tsx';
import { formatTime, t } from '../../words/language.ts';
import type { PartnerRow } from './status-query.ts';

/** When partners will be down on purpose, or are. */
export function Maintenance({ partners }: { partners: readonly PartnerRow[] }) {
  const rows = partners
    .flatMap(({ name, code, maintenance }) =>
      maintenance.map((window) => ({ ...window, partner: `${name} (${code})` })),
    )
    .toSorted((one, other) => Date.parse(one.from) - Date.parse(other.from));
  return (
    <>
      <h2>{t('status.maintenance')}</h2>
      {rows.length === 0 && <p>{t('status.noMaintenance')}</p>}
      {rows.length > 0 && (
        <Table
          caption={t('status.maintenance')}
          rows={rows}
          keyOf={({ partner, from }) => `${partner} ${from}`}
          columns={[
            { title: t('status.partner'), of: ({ partner }) => partner },
            { title: t('status.from'), of: ({ from }) => formatTime(from) },
            { title: t('status.to'), of: ({ to }) => formatTime(to) },
            { title: t('status.message'), of: ({ message }) => message ?? '' },
          ]}
        />
      )}
    </>
  );
}
