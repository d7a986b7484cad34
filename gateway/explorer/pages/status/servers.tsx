import { formatNumber, formatTime, t } from '../../words/language.ts';
import { formatAge } from '../../words/names.ts';
import type { PartnerRow } from './status-query.ts';
import { TitledTable } from './titled-table.tsx';

const formatMs = (ms: number | undefined): string =>
  ms === undefined ? '–' : t('response.took', { ms: formatNumber(ms) });

interface Server extends Pick<PartnerRow, 'code' | 'name' | 'keysChangedAt'> {
  /** The hub does not ask itself. */
  readonly responseTimes?: PartnerRow['responseTimes'];
}

interface ServersProps {
  readonly partners: readonly PartnerRow[];
  readonly hubKeysChangedAt: string | null;
}

/** How quickly each server responded lately, and how old its keys are. */
export function Servers({ partners, hubKeysChangedAt }: ServersProps) {
  const hub = { code: 'hub', name: t('status.hub'), keysChangedAt: hubKeysChangedAt };
  const rows: readonly Server[] = [...partners, hub];
  return (
    <TitledTable
      title={t('status.servers')}
      note={`${t('status.timesNote')} ${t('status.keysNote')}`}
      rows={rows}
      keyOf={({ code }) => code}
      columns={[
        {
          title: t('status.partner'),
          of: ({ name, code }) => (code === hub.code ? name : `${name} (${code})`),
        },
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
          of: ({ responseTimes: times }) =>
            times === undefined ? '–' : formatNumber(times?.count ?? 0),
        },
        {
          title: t('status.keys'),
          of: ({ keysChangedAt: at }) =>
            at ? (
              <>
                {formatAge(at)} <span class="soft">({formatTime(at)})</span>
              </>
            ) : (
              t('response.unknown')
            ),
        },
      ]}
    />
  );
}
