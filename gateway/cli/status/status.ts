import { readNetworkConfig } from '../../config.js';
import { defineCommand, mustBe, readHttpUrl } from '../define-command.js';
import { createFetch } from '../tls-fetch.js';
import { askStatus, type HubStatus, type PartnerLine } from './ask-status.js';

/** The exit codes, besides 2 for an invalid command line and 3 if no hub responds. */
const exitCodes = { allWell: 0, found: 1 } as const;

/**
 * The command `status`: prints what a running hub knows of its partners. It throws `UserError` if
 * no hub responds.
 */
export const showStatus = defineCommand(
  'npm run hub -- status',
  (command, { say, environment, end }) => {
    const { port, certificateFiles } = readNetworkConfig(environment);
    const scheme = certificateFiles.served ? 'https' : 'http';
    command
      .description(
        'Asks a running hub how each partner is. Times and calls are since the start of the hub. They are there if the hub shows its metrics to this machine (HUB_METRICS).',
      )
      .option(
        '--url <url>',
        'the URL of the hub',
        mustBe(readHttpUrl, '--url must be an http or https URL.'),
        `${scheme}://localhost:${port}/graphql`,
      )
      .option('--json', 'one JSON object instead of a table')
      .addHelpText(
        'after',
        '\nIt ends with 0 if the hub is ready and all partners answer, with 1 if not, and with 3 if no hub responds.',
      )
      .action(async ({ url, json }: { url: string; json?: true }) => {
        const status = await askStatus(url, createFetch(certificateFiles));
        if (json) say(JSON.stringify(status));
        else describeStatus(status).forEach((line) => say(line));
        const isWell = status.isReady && status.partners.every((one) => one.status === 'ANSWERING');
        end(isWell ? exitCodes.allWell : exitCodes.found);
      });
  },
);

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
