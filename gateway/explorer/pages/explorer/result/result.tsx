import { useSignal } from '@preact/signals';
import type { GraphError, GraphResponse } from '../../../client/send-operation.ts';
import { nameOfPartner } from '../../../frame/settings.ts';
import { describeError } from '../../../parts/completeness.tsx';
import { CopyButton } from '../../../parts/copy-button.tsx';
import { saveText } from '../../../parts/files/save-file.ts';
import { Table } from '../../../parts/table/table.tsx';
import { formatNumber, t, type WordKey } from '../../../words/language.ts';
import { findPlace, wantedPlace } from '../state/places.ts';
import { openRun, runOpenTab, type Trace, type TracedCall } from '../state/run.ts';
import { nameOfTab, openTab } from '../state/tabs.ts';
import type { VariableProblem } from '../variables/check-variables.ts';
import { JsonView, printBody } from './json-view.tsx';
import { PartnerResponses } from './partner-responses.tsx';
import { TableView } from './table-view.tsx';

const nameOfCalled = (code: string): string =>
  code === 'hub' ? t('explorer.hubItself') : nameOfPartner(code);

/** Which request each partner got, when, and how long it took. */
function PlanView({ trace }: { trace: Trace | undefined }) {
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

const most = 10;

interface ErrorGroup {
  readonly error: GraphError;
  readonly paths: readonly string[];
}

/** Errors with the same words stand once, with their places. */
function groupErrors(errors: readonly GraphError[]): readonly ErrorGroup[] {
  const groups = new Map<string, { error: GraphError; paths: string[] }>();
  for (const error of errors) {
    const { code, partner, rule } = error.extensions ?? {};
    const key = [code, partner, rule, error.message].join('\n');
    const group = groups.get(key) ?? { error, paths: [] };
    groups.set(key, group);
    if (error.path) group.paths.push(error.path.join('.'));
  }
  return [...groups.values()];
}

/** All errors of a response, in words, with their codes and places. */
function ErrorList({ errors }: { errors: readonly GraphError[] }) {
  if (errors.length === 0) return null;
  return (
    <div class="note">
      <h3>{t('explorer.errors', { n: errors.length })}</h3>
      <ul>
        {groupErrors(errors).map(({ error, paths }) => {
          const { code, rule } = error.extensions ?? {};
          return (
            <li key={`${code} ${error.message} ${paths[0]}`}>
              {code && <strong>{code}</strong>} {rule && <code>{rule}</code>} {describeError(error)}
              <ToPlace error={error} />
              {paths.length > 0 && (
                <>
                  {' '}
                  {t('explorer.at')}{' '}
                  {paths.slice(0, most).map((path) => (
                    <code key={path}>{path} </code>
                  ))}
                  {paths.length > most && t('explorer.andMore', { n: paths.length - most })}
                </>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Leads from an error to the field that it is about, in the operation as it stands now. */
function ToPlace({ error }: { error: GraphError }) {
  const { query, operationName } = openTab.value;
  const at = findPlace(query, error, operationName);
  if (at === undefined) return null;
  return (
    <>
      {' '}
      <button type="button" class="link" onClick={() => (wantedPlace.value = { at })}>
        {t('explorer.toPlace')}
      </button>
    </>
  );
}

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

const describeEnd = ({ ms, requestId, status, length }: GraphResponse<unknown>): string =>
  [
    t('response.took', { ms: formatNumber(Math.round(ms)) }),
    ...(requestId ? [t('response.requestId', { id: requestId })] : []),
    ...(status === undefined ? [] : [t('explorer.status', { status })]),
    ...(length === undefined
      ? []
      : [t('explorer.size', { kilobytes: formatNumber(Math.ceil(length / 1000)) })]),
  ].join(' · ');

function ResponseView({
  response,
  trace,
}: {
  response: GraphResponse<unknown>;
  trace: Trace | undefined;
}) {
  const view = useSignal<View>('json');
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
        <CopyButton label="explorer.copyJson" text={() => printBody(response.body)} />
        <button
          type="button"
          class="quiet"
          onClick={() => saveText(fileName, 'application/json', printBody(response.body))}
        >
          {t('explorer.downloadJson')}
        </button>
      </div>
      {view.value === 'json' && <JsonView body={response.body} />}
      {view.value === 'table' && <TableView response={response} />}
      {view.value === 'plan' && <PlanView trace={trace} />}
    </>
  );
}
