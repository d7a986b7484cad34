import type { Environment } from '@hub/shared/system';
import { parseArgs } from 'node:util';
import { readNetworkConfig, UsageError } from '../../config.js';
import { createFetch } from '../tls-fetch.js';
import { askStatus, type HubStatus, type PartnerLine } from './ask-status.js';

/** The exit codes, besides 2 for an invalid command line and 3 if no hub responds. */
const exitCodes = { allWell: 0, found: 1 } as const;

function readFlags(argv: readonly string[], address: string) {
  const usage = `Usage: npm run hub -- status [--url URL] [--json]

  --url    the URL of the hub (default: ${address})
  --json   one JSON object instead of a table

Times and calls are since the start of the hub. They are there if the hub shows its metrics to this machine (HUB_METRICS).
Exit codes: 0 if the hub is ready and all partners answer, 1 if not, 3 if no hub responds.`;
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        url: { type: 'string', default: address },
        json: { type: 'boolean', default: false },
      },
    });
    if (!/^https?:$/.test(new URL(values.url).protocol)) throw new Error('--url must be a URL');
    return values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}

/**
 * The command `status`: prints what a running hub knows of its partners.
 * @param tell prints a line
 * @returns the exit code
 * @throws {@link UsageError}, `StatusError` if no hub responds
 */
export async function showStatus(
  argv: readonly string[],
  tell: (line: string) => void,
  environment?: Environment,
): Promise<number> {
  const { port, certificateFiles } = readNetworkConfig(environment);
  const scheme = certificateFiles.served ? 'https' : 'http';
  const { url, json } = readFlags(argv, `${scheme}://localhost:${port}/graphql`);
  const status = await askStatus(url, createFetch(certificateFiles));
  if (json) tell(JSON.stringify(status));
  else describeStatus(status).forEach(tell);
  const isWell = status.isReady && status.partners.every((one) => one.status === 'ANSWERING');
  return isWell ? exitCodes.allWell : exitCodes.found;
}

function describeStatus(status: HubStatus): string[] {
  const { url, isReady, reasons, warnings, partners, hasMetrics } = status;
  const times = ['calls', 'failed', 'mean', 'p95'];
  const head = ['partner', 'status', 'since', 'last answer', ...times, 'check'];
  const listed = (kind: string, all: Readonly<Record<string, string>>) =>
    Object.entries(all).map(([name, text]) => `${kind} ${name}: ${text}`);
  return [
    `${url} is ${isReady ? 'ready' : 'not ready'}.`,
    ...listed('reason', reasons),
    ...listed('warning', warnings),
    '',
    ...alignColumns([head, ...partners.map(describePartner)]),
    ...(hasMetrics ? [] : ['', 'The hub does not show its metrics to this machine (HUB_METRICS).']),
  ];
}

function describePartner(partner: PartnerLine) {
  const { code, status, statusSince, lastAnsweredAt, times, conformance } = partner;
  return [
    code,
    status,
    describeTime(statusSince),
    describeTime(lastAnsweredAt),
    ...(times
      ? [times.calls, times.failed, describeMs(times.meanMs), describeMs(times.p95Ms)].map(String)
      : ['-', '-', '-', '-']),
    conformance ? `${conformance.result} ${conformance.checkedAt.slice(0, 10)}` : '-',
  ];
}

/** In UTC, to the second. */
const describeTime = (time: string | null): string =>
  time === null ? 'never' : `${new Date(time).toISOString().slice(0, 19)}Z`;

const describeMs = (ms: number): string =>
  ms === Infinity ? '> 15 s' : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
