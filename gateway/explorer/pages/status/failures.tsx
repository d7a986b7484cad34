import { formatNumber, formatTime, t } from '../../words/language.ts';
import type { PartnerRow } from './status-query.ts';
import { TitledTable } from './titled-table.tsx';

/** The newest of them. Each partner has at most ten. */
const mostRows = 30;

const listFailures = (partners: readonly PartnerRow[]) =>
  partners
    .flatMap(({ name, code, recentFailures }) =>
      recentFailures.map((failure) => ({ ...failure, partner: `${name} (${code})` })),
    )
    .toSorted((one, other) => (one.lastAt < other.lastAt ? 1 : -1))
    .slice(0, mostRows);

/** The failed calls to all partners, the newest first. */
export function Failures({ partners }: { partners: readonly PartnerRow[] }) {
  const rows = listFailures(partners);
  return (
    <TitledTable
      title={t('status.failures')}
      rows={rows}
      keyOf={({ partner, kind, firstAt }) => `${partner} ${kind} ${firstAt}`}
      columns={[
        { title: t('status.partner'), of: ({ partner }) => partner },
        {
          title: t('status.failure'),
          of: ({ kind }) => (
            <>
              {t(`statuses.${kind}`)} <code>{kind}</code>
            </>
          ),
        },
        { title: t('status.calls'), isNumber: true, of: ({ count }) => formatNumber(count) },
        { title: t('status.first'), of: ({ firstAt }) => formatTime(firstAt) },
        { title: t('status.last'), of: ({ lastAt }) => formatTime(lastAt) },
      ]}
    />
  );
}
