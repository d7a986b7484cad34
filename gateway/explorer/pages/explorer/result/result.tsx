import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { GraphResponse } from '../../../client/send-operation.ts';
import { saveText } from '../../../parts/save-file.ts';
import { formatNumber, t, type WordKey } from '../../../words/language.ts';
import { CopyButton } from '../copy-button.tsx';
import { openRun, runOpenTab, type Trace } from '../state/run.ts';
import { nameOfTab, openTab } from '../state/tabs.ts';
import type { VariableProblem } from '../variables/check-variables.ts';
import { ErrorList } from './error-list.tsx';
import { JsonView } from './json-view.tsx';
import { PartnerResponses } from './partner-responses.tsx';
import { PlanView } from './plan-view.tsx';
import { TableView } from './table-view.tsx';

const views = { json: 'explorer.json', table: 'explorer.table', plan: 'explorer.plan' } as const;
type View = keyof typeof views;

/** The last result of the tab: which partners responded, what went wrong, and the data in three views. */
export function Result() {
  const run = openRun.value;
  return (
    <section class="result" aria-labelledby="result-title">
      <h2 id="result-title">{t('explorer.result')}</h2>
      <p role="status" class="took">
        {run?.isRunning
          ? t('explorer.running')
          : run?.response
            ? describeEnd(run.response)
            : t('explorer.notRun')}
      </p>
      {run?.hasWrongVariables && <p role="alert">{t('explorer.wrongVariables')}</p>}
      {run?.problems && run.problems.length > 0 && <Problems problems={run.problems} />}
      {run?.response && <ResponseView response={run.response} trace={run.trace} />}
    </section>
  );
}

/** Nothing was sent: the hub would refuse these variables, as far as the page knows its schema. */
function Problems({ problems }: { problems: readonly VariableProblem[] }) {
  return (
    <div class="note" role="alert">
      <p>{t('explorer.notSent')}</p>
      <ul>
        {problems.map(({ path, message }) => (
          <li key={`${path.join('.')} ${message}`}>
            <code>${path.join('.')}</code> {message}
          </li>
        ))}
      </ul>
      <button type="button" class="quiet" onClick={() => void runOpenTab({ isSure: true })}>
        {t('explorer.sendAnyway')}
      </button>
    </div>
  );
}

const describeEnd = ({ ms, requestId }: GraphResponse<unknown>): string =>
  [
    t('response.took', { ms: formatNumber(Math.round(ms)) }),
    ...(requestId ? [t('response.requestId', { id: requestId })] : []),
  ].join(' · ');

function ResponseView({
  response,
  trace,
}: {
  response: GraphResponse<unknown>;
  trace: Trace | undefined;
}) {
  const view = useSignal<View>('json');
  const text = useMemo(() => printBody(response.body), [response]);
  const fileName = `${nameOfTab(openTab.value) ?? 'result'}.json`;
  return (
    <>
      {response.completeness && (
        <PartnerResponses completeness={response.completeness} trace={trace} />
      )}
      <ErrorList errors={response.errors} />
      <div class="row">
        <div class="row" role="group" aria-label={t('explorer.views')}>
          {(Object.entries(views) as [View, WordKey][]).map(([name, label]) => (
            <button
              key={name}
              type="button"
              class="quiet toggle"
              aria-pressed={view.value === name}
              onClick={() => (view.value = name)}
            >
              {t(label)}
            </button>
          ))}
        </div>
        <CopyButton label="explorer.copyJson" text={() => text} />
        <button
          type="button"
          class="quiet"
          onClick={() => saveText(fileName, 'application/json', text)}
        >
          {t('explorer.downloadJson')}
        </button>
      </div>
      {view.value === 'json' && <JsonView text={text} />}
      {view.value === 'table' && <TableView response={response} />}
      {view.value === 'plan' && <PlanView trace={trace} />}
    </>
  );
}

/** The response as it came, without the trace, which has a view of its own. */
function printBody(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('extensions' in body))
    return JSON.stringify(body, undefined, 2) ?? '';
  const { trace: _, ...extensions } = body.extensions as Record<string, unknown>;
  return JSON.stringify({ ...body, extensions }, undefined, 2);
}
