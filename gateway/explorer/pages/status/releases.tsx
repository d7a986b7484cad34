import { Table } from '../../parts/table.tsx';
import { formatNumber, formatTime, t } from '../../words/language.ts';
import type { ReleaseRow } from './status-query.ts';

const describeState = ({ isServed, isPinned }: ReleaseRow): string =>
  [...(isServed ? [t('status.served')] : []), ...(isPinned ? [t('status.pinned')] : [])].join(', ');

/** The latest releases of the graph, and which one the hub serves. */
export function Releases({ releases }: { releases: readonly ReleaseRow[] }) {
  return (
    <>
      <h2>{t('status.releases')}</h2>
      {!releases.some(({ isServed }) => isServed) && <p>{t('status.noReleaseServed')}</p>}
      {releases.length > 0 && (
        <Table
          caption={t('status.releases')}
          rows={releases}
          keyOf={({ number }) => String(number)}
          columns={[
            { title: t('status.release'), of: ({ number }) => formatNumber(number) },
            { title: t('status.state'), of: describeState },
            { title: t('status.made'), of: ({ madeAt }) => formatTime(madeAt) },
            { title: t('status.reason'), of: ({ reason }) => reason },
          ]}
        />
      )}
    </>
  );
}
