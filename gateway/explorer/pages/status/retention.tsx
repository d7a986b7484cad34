import { Table } from '../../parts/table.tsx';
import { formatNumber, t } from '../../words/language.ts';
import type { PartnerRow } from './status-query.ts';

/** For how long each partner keeps personal data of its own people. */
export function Retention({ partners }: { partners: readonly PartnerRow[] }) {
  const rows = partners.flatMap(({ name, code, retention }) =>
    retention ? [{ partner: `${name} (${code})`, retention }] : [],
  );
  if (rows.length === 0) return null;
  const days = (kind: string) => (row: (typeof rows)[number]) => {
    const rule = row.retention.find((one) => one.kind === kind);
    return rule ? formatNumber(rule.days) : '';
  };
  return (
    <>
      <h2>{t('status.retention')}</h2>
      <p>{t('status.retentionNote')}</p>
      <Table
        caption={t('status.retention')}
        rows={rows}
        keyOf={({ partner }) => partner}
        columns={[
          { title: t('status.partner'), of: ({ partner }) => partner },
          { title: t('status.travelNeeds'), of: days('TRAVEL_NEEDS') },
          { title: t('status.formalities'), of: days('FORMALITIES') },
          { title: t('status.contacts'), of: days('CONTACTS') },
          { title: t('status.reports'), of: days('REPORTS') },
          { title: t('status.decisions'), of: days('DECISIONS') },
          { title: t('status.readers'), of: days('READERS') },
        ]}
      />
    </>
  );
}
