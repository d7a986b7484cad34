import { silentLogger, type Environment } from '@hub/shared/system';
import type { GraphQLFormattedError } from 'graphql';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UsageError, readNetworkConfig, readPath } from '../../config.js';
import { assembleHub, type Hub } from '../../hub.js';
import { readContracts } from '../../registry/contracts.js';
import {
  createHubKeys,
  createNetworkKeys,
  createNetworkProviders,
} from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { createAuthenticate } from '../../server/security/authenticate.js';
import { createRequestSigner } from '../../server/security/sign-request.js';
import type { HubConfig } from '../../server/settings/hub-config.js';
import { defineCommand, mustBe, type Terminal } from '../define-command.js';
import type { ExplainedFetch, ExplainedRequest } from './explain-fetch.js';
import {
  createExplainingEngine,
  explainedRequest,
  type ExplainingEngine,
  type Explanation,
  type TimedCall,
} from './explaining-engine.js';

const indent = (text: string, by: number): string => text.replace(/^/gm, ' '.repeat(by));

/** The explanation as text. */
function describeExplanation({ fetches, plannedMs, calls }: Explanation): string {
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

interface Options {
  readonly file?: string;
  readonly operation?: string;
  readonly variables?: Record<string, unknown>;
  readonly token?: string;
  readonly run?: boolean;
}

const readVariables = mustBe((text): Record<string, unknown> | undefined => {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}, '--variables must be a JSON object.');

/** Defines the command over an explainer, which it closes in the end. */
export const defineExplain = (open: typeof openExplainer) =>
  defineCommand('npm run hub -- explain', (command, { say, environment, end }) => {
    command
      .description(
        'Prints the query plan, the partners of each fetch with the reason, and the requests that they would get. Nothing is sent, and no server has to run.',
      )
      .argument('[query]', 'the document. Quote it, so that the shell keeps it whole')
      .option('--file <file>', 'reads the document from a file, in place of the query')
      .option('--operation <name>', 'which operation of the document')
      .option('--variables <json>', 'the operation’s variables', readVariables)
      .option('--token <token>', 'asks as the holder of this token. Without it: nobody')
      .option(
        '--run',
        'also runs the operation, against the partners of the network file, and prints each call’s time',
      )
      .addHelpText(
        'after',
        '\nIt ends with 0, or with 1 when the operation is rejected or has errors. Errors have their code.',
      )
      .action(async (given: string | undefined, { file, ...options }: Options) => {
        if ((given === undefined) === (file === undefined))
          throw new UsageError('Give a query or --file FILE.');
        const query = given ?? readDocument(file ?? '', environment);
        await using explainer = await open({ runs: options.run ?? false, environment });
        end(await explainOperation(query, options, { say, explainer }));
      });
  });

function readDocument(file: string, environment: Environment | undefined): string {
  try {
    return readFileSync(readPath(file, environment), 'utf8');
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** A hub that explains one operation after the other. */
export interface Explainer extends AsyncDisposable {
  readonly hub: Hub;
  /** Of the last operation that reached the engine. */
  readonly read: ExplainingEngine['read'];
}

/** @param runs whether it also runs the operations */
export async function openExplainer({
  runs,
  environment,
}: Pick<Terminal, 'environment'> & { readonly runs: boolean }): Promise<Explainer> {
  const config = readNetworkConfig(environment);
  const { createEngine, read } = createExplainingEngine({ runs });
  const hub = await assembleHub(
    { network: config.network, contracts: readContracts(config.network, config.dataDir) },
    readHubOptions(config, runs),
    createEngine,
  );
  return { hub, read, [Symbol.asyncDispose]: () => hub[Symbol.asyncDispose]() };
}

/**
 * The command `explain`: shows what the hub would do with an operation. It uses the hub’s own
 * checks, planner and routing.
 */
export const explain = defineExplain(openExplainer);

async function explainOperation(
  query: string,
  { operation: operationName, variables, token, run: runs = false }: Omit<Options, 'file'>,
  { say, explainer: { hub, read } }: Pick<Terminal, 'say'> & { readonly explainer: Explainer },
): Promise<number> {
  const before = read();
  const { signal } = new AbortController();
  let errors: readonly GraphQLFormattedError[];
  let extensions: Record<string, unknown> | undefined;
  try {
    const contextValue = await hub.createContext({
      requestId: explainedRequest,
      signal,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      wantsFresh: true,
    });
    const { body } = await hub.pipeline.run({ query, operationName, variables }, contextValue);
    if (body.kind !== 'single') throw new Error('An incremental response.');
    ({ errors = [], extensions } = body.singleResult);
  } catch (error) {
    errors = [toCodedError(error)];
  }
  const last = read();
  const explanation = last === before ? undefined : last;
  if (explanation) say(describeExplanation(explanation));
  if (runs && extensions) say(`\nCompleteness\n  ${JSON.stringify(extensions['completeness'])}`);
  if (errors.length > 0)
    say([...(explanation ? [''] : []), ...errors.map(describeError)].join('\n'));
  const isRefused = explanation?.fetches.some(({ refusals }) => refusals.length > 0) ?? true;
  return errors.length > 0 || isRefused ? 1 : 0;
}

function readHubOptions(config: HubConfig & { readonly network: Network }, runs: boolean) {
  const { network, dataDir, privateKeys, limits, planning, operationDeadlineMs } = config;
  const keys = createNetworkKeys(dataDir, network);
  return {
    logger: silentLogger,
    limits,
    planning,
    operationDeadlineMs,
    introspection: true,
    checksPartners: false,
    authenticate: createAuthenticate({ keys, providers: createNetworkProviders(network) }),
    ...(runs && {
      sign: createRequestSigner({ ownKeys: createHubKeys(privateKeys), partnerKeys: keys }),
    }),
  };
}

/** Errors from before the operation, for example for an invalid token. */
function toCodedError(error: unknown): GraphQLFormattedError {
  const isCoded = error instanceof Error && 'extensions' in error && 'toJSON' in error;
  if (!isCoded) throw error;
  return (error.toJSON as () => GraphQLFormattedError)();
}

function describeError({
  message,
  locations = [],
  path,
  extensions,
}: GraphQLFormattedError): string {
  const [at] = locations;
  const place = at ? ` (line ${at.line}, column ${at.column})` : '';
  const where = path ? ` at ${path.join('.')}` : '';
  return `${String(extensions?.['code'] ?? 'INTERNAL_SERVER_ERROR')}${where}: ${message}${place}`;
}
