import type { ExplainedFetch, ExplainedRequest } from './explain-fetch.js';
import type { Explanation, TimedCall } from './explaining-engine.js';

const indent = (text: string, by: number): string => text.replace(/^/gm, ' '.repeat(by));

/** The explanation as text. */
export function describeExplanation({ fetches, plannedMs, calls }: Explanation): string {
  if (fetches.length === 0) return 'No partner gets a request: the hub resolves this by itself.';
  const count = `${fetches.length} ${fetches.length === 1 ? 'fetch' : 'fetches'}`;
  const parts = [`Plan: ${count}, planned in ${plannedMs.toFixed(0)} ms`, ''];
  parts.push(...fetches.map(describeFetch));
  if (calls.length > 0) parts.push(describeCalls(fetches, calls));
  return parts.join('\n').trimEnd();
}

function describeFetch(fetch: ExplainedFetch): string {
  const { number, after, path, subgraph, kind, reasons, requests, refusals } = fetch;
  const order = after.length > 0 ? `, after ${after.join(', ')}` : '';
  const place = path.length > 0 ? `, at ${path.join('.')}` : '';
  const what = kind === 'roots' ? 'root fields' : 'entities';
  return [
    `${number}. ${subgraph}: ${what}${order}${place}`,
    '   partners',
    ...reasons.map((reason) => `     ${reason}`),
    ...refusals.map(
      ({ path: at = [], extensions }) =>
        `   refused: ${at.join('.')} (${String(extensions['code'])}); no request is sent for it`,
    ),
    ...requests.map(describeRequest),
    ...(requests.length === 0 ? ['   no request'] : []),
    '',
  ].join('\n');
}

function describeRequest({ partners, query, variables }: ExplainedRequest): string {
  const { representations, ...others } = variables;
  const hasOthers = Object.keys(others).length > 0;
  return [
    `   request to ${partners.join(', ')}`,
    indent(query, 5),
    ...(hasOthers ? [`     variables ${JSON.stringify(others)}`] : []),
    ...(Array.isArray(representations)
      ? [`     representations such as ${JSON.stringify(representations[0])}`]
      : []),
  ].join('\n');
}

function describeCalls(fetches: readonly ExplainedFetch[], calls: readonly TimedCall[]): string {
  const numberOf = new Map(
    fetches.flatMap(({ number, requests }) => requests.map(({ query }) => [query, number])),
  );
  const rows = calls
    .toSorted((a, b) => a.startedMs - b.startedMs)
    .map(({ partner, query, startedMs, tookMs, response }) => [
      String(numberOf.get(query) ?? '-'),
      partner,
      startedMs.toFixed(1),
      tookMs.toFixed(1),
      'failure' in response ? '-' : String(Buffer.byteLength(JSON.stringify(response.json))),
      'failure' in response
        ? `${response.failure}: ${response.reason}`
        : `HTTP ${response.httpStatus}`,
    ]);
  const table = [['fetch', 'partner', 'start ms', 'took ms', 'bytes', 'result'], ...rows];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return ['Calls', ...lines.map((line) => `  ${line}`)].join('\n');
}
