import { useContext } from 'preact/hooks';
import type { Completeness, PartnerStatus } from '../../../client/send-operation.ts';
import { nameOfPartner } from '../../../frame/settings.ts';
import { Table } from '../../../parts/table/table.tsx';
import { formatNumber, formatTime, t } from '../../../words/language.ts';
import { formatDuration } from '../../../words/names.ts';
import { Partners } from '../docs/partners.ts';
import type { Trace } from '../state/run.ts';

interface Row {
  readonly code: string;
  readonly status: PartnerStatus;
  readonly ageSeconds?: number | undefined;
}

/** Which partners responded, how old their data can be, and how long they took. */
export function PartnerResponses(props: { completeness: Completeness; trace: Trace | undefined }) {
  const { completeness, trace } = props;
  const known = useContext(Partners);
  const rows = Object.entries(completeness.partners).map(([code, part]) => ({ code, ...part }));
  const callsOf = (code: string) => trace?.calls.filter(({ partner }) => partner === code) ?? [];
  const describeAge = ({ code, status, ageSeconds }: Row): string => {
    if (ageSeconds !== undefined) return formatDuration(ageSeconds);
    if (status !== 'ANSWERED') {
      const last = known.find((partner) => partner.code === code)?.lastAnsweredAt;
      return last ? t('explorer.lastAnswered', { time: formatTime(last) }) : '';
    }
    const calls = callsOf(code);
    if (calls.length === 0) return '';
    const seconds = Math.max(...calls.map(({ cachedSeconds = 0 }) => cachedSeconds));
    return seconds > 0 ? t('explorer.cached', { seconds }) : t('explorer.justAsked');
  };
  const describeTime = ({ code }: Row): string => {
    const times = callsOf(code).map(({ tookMs }) => tookMs);
    return times.length > 0 ? t('response.took', { ms: formatNumber(Math.max(...times)) }) : '';
  };
  if (rows.length === 0) return <p>{t('explorer.nobodyAsked')}</p>;
  const isComplete = rows.every(({ status }) => status === 'ANSWERED');
  return (
    <details class="answered" open={!isComplete}>
      <summary class={isComplete ? 'state answering' : 'state'}>
        {isComplete
          ? t('response.complete')
          : t('response.incomplete', {
              partners: rows
                .filter(({ status }) => status !== 'ANSWERED')
                .map(({ code }) => nameOfPartner(code))
                .join(', '),
            })}
      </summary>
      <Table
        caption={t('response.asked')}
        rows={rows}
        keyOf={({ code }) => code}
        columns={[
          { title: t('status.partner'), of: ({ code }) => nameOfPartner(code) },
          { title: t('status.state'), of: ({ status }) => <Status status={status} /> },
          { title: t('explorer.age'), of: describeAge },
          { title: t('explorer.time'), of: describeTime, isNumber: true },
        ]}
      />
    </details>
  );
}

function Status({ status }: { status: PartnerStatus }) {
  const isAnswered = status === 'ANSWERED';
  return (
    <span class={isAnswered ? 'state answering' : 'state'}>
      <span aria-hidden="true">{isAnswered ? '●' : '○'}</span> {t(`statuses.${status}`)}
    </span>
  );
}
