import { Table } from '../../parts/table/table.tsx';
import { formatNumber, t } from '../../words/language.ts';
import type { PartnerRow } from './status-query.ts';

const formatMs = (ms: number | undefined): string =>
  ms === undefined ? '–' : t('response.took', { ms: formatNumber(ms) });

/** How quickly each partner’s server responded lately. */
export function ResponseTimes({ partners }: { partners: readonly PartnerRow[] }) {
  return (
    <>
      <h3>{t('status.times')}</h3>
      <p>{t('status.timesNote')}</p>
      <Table
        caption={t('status.times')}
        rows={partners}
        keyOf={({ code }) => code}
        columns={[
          { title: t('status.partner'), of: ({ name, code }) => `${name} (${code})` },
          {
            title: t('status.median'),
            isNumber: true,
            of: ({ responseTimes }) => formatMs(responseTimes?.medianMs),
          },
          {
            title: t('status.p99'),
            isNumber: true,
            of: ({ responseTimes }) => formatMs(responseTimes?.p99Ms),
          },
          {
            title: t('status.responses'),
            isNumber: true,
            of: ({ responseTimes }) => formatNumber(responseTimes?.count ?? 0),
          },
        ]}
      />
    </>
  );
}
