import { nameOfPartner } from '../../../frame/settings.ts';
import { Table } from '../../../parts/table.tsx';
import { formatNumber, t, type WordKey } from '../../../words/language.ts';
import type { Trace, TracedCall } from '../state/run.ts';

const nameOfCalled = (code: string): string =>
  code === 'hub' ? t('explorer.hubItself') : nameOfPartner(code);

/** Which request each partner got, when, and how long it took. */
export function PlanView({ trace }: { trace: Trace | undefined }) {
  if (!trace) return <p>{t('explorer.noPlan')}</p>;
  const { calls, tookMs, omittedCalls } = trace;
  if (calls.length === 0) return <p>{t('explorer.noCalls')}</p>;
  return (
    <>
      <p>{t('explorer.planNote', { ms: formatNumber(tookMs), n: calls.length + omittedCalls })}</p>
      {omittedCalls > 0 && <p>{t('explorer.omittedCalls', { n: omittedCalls })}</p>}
      <Table
        caption={t('explorer.plan')}
        rows={calls.map((call, index) => ({ ...call, number: index + 1 }))}
        keyOf={({ number }) => String(number)}
        columns={[
          { title: t('status.partner'), of: ({ partner }) => nameOfCalled(partner) },
          { title: t('explorer.time'), of: (call) => <Bar call={call} wholeMs={tookMs} /> },
          { title: t('status.state'), of: (call) => describeCall(call) },
          { title: t('explorer.fields'), of: (call) => <CallFields call={call} /> },
        ]}
      />
    </>
  );
}

/** When a call began and ended, within the whole operation. */
function Bar({ call: { startedMs, tookMs }, wholeMs }: { call: TracedCall; wholeMs: number }) {
  const part = (ms: number) => `${Math.min(100, (100 * ms) / Math.max(wholeMs, 1)).toFixed(1)}%`;
  return (
    <>
      <span class="bar" aria-hidden="true">
        <span style={{ marginInlineStart: part(startedMs), width: part(tookMs) }} />
      </span>
      {t('explorer.fromFor', { from: formatNumber(startedMs), ms: formatNumber(tookMs) })}
    </>
  );
}

/** The fields of a call, and where its result stands in that of the client. */
function CallFields({ call: { fields, path } }: { call: TracedCall }) {
  return (
    <>
      {fields.map((field, index) => (
        <>
          {index > 0 && ', '}
          <code key={field}>{field}</code>
        </>
      ))}
      {path.length > 0 && (
        <small class="place">
          {t('explorer.at')} <code>{path.join('.')}</code>
        </small>
      )}
    </>
  );
}

function describeCall({ status, cachedSeconds }: TracedCall): string {
  if (cachedSeconds !== undefined) return t('explorer.cached', { seconds: cachedSeconds });
  return status === 'OVERLOADED' ? t('explorer.overloaded') : t(`statuses.${status}` as WordKey);
}
