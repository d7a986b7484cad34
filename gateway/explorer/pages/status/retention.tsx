import { useQuery } from '../../client/use-query.ts';
import { contractOf } from '../../frame/settings.ts';
import { Table } from '../../parts/table/table.tsx';
import { person } from '../../session/session.ts';
import { formatNumber, t } from '../../words/language.ts';
import { joinNames } from '../../words/names.ts';
import { holdCountQuery, type PartnerRow } from './status-query.ts';

/** How much the reader’s organisation holds against erasure now. */
function Holds({ own }: { own: string }) {
  const { data } = useQuery(holdCountQuery, contractOf(own)).response ?? {};
  const held = (data?.police ?? data?.offices ?? data?.network)?.totalCount;
  return (
    <p>
      {held !== undefined && `${t('status.holds', { number: formatNumber(held) })} `}
      <a href="/record?part=keeping">{t('status.holdsLink')}</a>
    </p>
  );
}

/** One row for all who keep everything as long as each other: most do. */
function joinEqual(partners: readonly PartnerRow[]) {
  const rows = new Map<
    string,
    { names: string[]; retention: NonNullable<PartnerRow['retention']> }
  >();
  for (const { name, retention } of partners) {
    if (!retention) continue;
    const key = JSON.stringify(retention);
    const row = rows.get(key) ?? { names: [], retention };
    row.names.push(name);
    rows.set(key, row);
  }
  return [...rows.values()].map(({ names, ...row }) => ({ ...row, partner: joinNames(names) }));
}

/** For how long each partner keeps personal data of its own people. */
export function Retention({ partners }: { partners: readonly PartnerRow[] }) {
  const rows = joinEqual(partners);
  const { organisation, role } = person.value ?? {};
  const keeps = role === 'coordinator' || role === 'auditor';
  if (rows.length === 0 && !keeps) return null;
  const days = (kind: string) => (row: (typeof rows)[number]) => {
    const rule = row.retention.find((one) => one.kind === kind);
    return rule ? formatNumber(rule.days) : '';
  };
  return (
    <>
      <h2>{t('status.retention')}</h2>
      {rows.length > 0 && <p>{t('status.retentionNote')}</p>}
      {keeps && organisation !== undefined && <Holds own={organisation} />}
      {rows.length > 0 && (
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
      )}
    </>
  );
}
