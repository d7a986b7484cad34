import { silentLogger, type Environment } from '@hub/shared/system';
import type { GraphQLFormattedError } from 'graphql';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readNetworkConfig, readPath, UsageError } from '../../config.js';
import { assembleHub } from '../../hub.js';
import { readContracts } from '../../registry/contracts.js';
import {
  createHubKeys,
  createNetworkKeys,
  createNetworkProviders,
} from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { createAuthenticate } from '../../security/authenticate.js';
import { createRequestSigner } from '../../security/sign-request.js';
import type { HubConfig } from '../../settings/hub-config.js';
import { describeExplanation } from './describe-explanation.js';
import { createExplainingEngine, explainedRequest } from './explaining-engine.js';

const usage = `Usage: npm run hub -- explain 'QUERY' [options]

  Prints the query plan, the partners of each fetch with the reason, and the requests that they would get.
  Nothing is sent, and no server has to run.

  --file FILE         reads the document from a file, in place of QUERY
  --operation NAME    which operation of the document
  --variables JSON    the operation's variables
  --token TOKEN       asks as the holder of this token (default: anonymous)
  --run               also runs the operation, against the partners of the network file, and prints each call's time

It ends with 0, or with 1 when the operation is rejected or has errors. Errors have their code.`;

interface Options {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Record<string, unknown> | undefined;
  readonly token: string | undefined;
  readonly runs: boolean;
}

function readOptions(argv: readonly string[], environment?: Environment): Options {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        file: { type: 'string' },
        operation: { type: 'string' },
        variables: { type: 'string' },
        token: { type: 'string' },
        run: { type: 'boolean', default: false },
      },
    });
    const [given, ...others] = positionals;
    if (others.length > 0)
      throw new Error('Give one QUERY. Quote it, so that the shell keeps it whole.');
    if ((given === undefined) === (values.file === undefined))
      throw new Error('Give QUERY or --file FILE.');
    return {
      query: given ?? readFileSync(readPath(values.file ?? '', environment), 'utf8'),
      operationName: values.operation,
      variables: readVariables(values.variables),
      token: values.token,
      runs: values.run,
    };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}

function readVariables(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('--variables must be a JSON object.');
  return value as Record<string, unknown>;
}

/**
 * The command `explain`: shows what the hub would do with an operation. It uses the hub’s own
 * checks, planner and routing.
 * @param say prints the text
 * @returns the exit code
 * @throws {@link UsageError}; `ConfigError` or `KeyFileError` if the network or its keys cannot be
 * read
 */
export async function explain(
  argv: readonly string[],
  say: (text: string) => void,
  environment?: Environment,
): Promise<number> {
  const { query, operationName, variables, token, runs } = readOptions(argv, environment);
  const config = readNetworkConfig(environment);
  const { createEngine, read } = createExplainingEngine({ runs });
  await using hub = await assembleHub(
    { network: config.network, contracts: readContracts(config.network, config.dataDir) },
    readHubOptions(config, runs),
    createEngine,
  );
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
  const explanation = read();
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
