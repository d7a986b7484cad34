import { defaultLimits, foreignLimits, readLimits } from '@hub/shared/graphql';
import {
  ConfigError,
  type Environment,
  UsageError,
  isPlainCall,
  readEnvironment,
  readTlsSettings,
} from '@hub/shared/system';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import {
  type PlanningLimits,
  defaultPlanningLimits,
  foreignPlanningLimits,
} from './engine/planning/planning-limits.js';
import { readForwardingRules } from './fan-out/partners/forwarding/forwarding-rules.js';
import { pluginVariables, plugins } from './plugins/list.js';
import { isCommitted, readAdopted } from './registry/contracts.js';
import { type Network, NetworkError, readNetwork } from './registry/network.js';
import { locate } from './registry/package-folder.js';
import { applyMembers, readMembers } from './registry/written/members.js';
import { readFlags } from './server/settings/command-line.js';
import type { HubConfig } from './server/settings/hub-config.js';
import {
  type Variables,
  defaultDataDir,
  defaultNetworkFile,
  variables,
} from './server/settings/hub-variables.js';

/**
 * The network file with what commands have changed of it, without partners whose contract was lost for
 * good.
 * @throws {@link NetworkError}
 */
function readNetworkWithMembers(networkFile: string, dataDir: string): Network {
  const members = readMembers(dataDir);
  const network = applyMembers(readNetwork(networkFile), members);
  const isLost = ({ subgraph, isAdded }: Network['partners'][number]) =>
    (isAdded || members.contracts.includes(subgraph)) &&
    !isCommitted(subgraph) &&
    readAdopted(subgraph, dataDir) === undefined;
  return { ...network, partners: network.partners.filter((partner) => !isLost(partner)) };
}

export { UsageError };

/** All variables of the hub’s environment. */
export const allVariables = z.object({ ...pluginVariables, ...variables.shape });
const defaultPerSecond = 500;

function readPlanningLimits(
  { HUB_LIMIT_PLANS: plans, HUB_LIMIT_PATHS: paths }: Variables,
  isForeign: boolean,
): PlanningLimits {
  const defaults = isForeign ? foreignPlanningLimits : defaultPlanningLimits;
  return { ...defaults, plans: plans ?? defaults.plans, paths: paths ?? defaults.paths };
}

/**
 * A hub over a foreign supergraph is a trial by one person, so it has no rate limit unless one is
 * set.
 */
function readRate(set: Variables, isForeign: boolean): HubConfig['rate'] {
  const { HUB_LIMIT_RATE: asked, HUB_LIMIT_BURST: burst } = set;
  if (isForeign && asked === undefined) return undefined;
  const perSecond = asked ?? defaultPerSecond;
  return {
    perSecond,
    burst: burst ?? perSecond,
    organisationPerSecond: set.HUB_LIMIT_ORGANISATION_RATE ?? 2 * perSecond,
    workMs: set.HUB_LIMIT_WORK_MS,
    workBytes: set.HUB_LIMIT_WORK_BYTES,
  };
}

/**
 * Reads the settings from the environment and the command line. The command line takes precedence.
 * @throws {@link UsageError}, or `ConfigError` with all errors of the environment and the network
 * file at once
 */
export function readConfig(
  environment: Environment = process.env,
  argv: readonly string[] = process.argv.slice(2),
): Readonly<HubConfig> {
  const flags = readFlags(argv);
  const errors: string[] = [];
  const set = gather(errors, () => readEnvironment(allVariables, environment));
  const isForeign = flags.supergraph !== undefined;
  // Also if the environment is invalid, so that its errors and the network file’s are reported
  // together.
  const networkFile = locate(environment['HUB_NETWORK'] || defaultNetworkFile);
  const dataDir = locate(environment['HUB_DATA_DIR'] || defaultDataDir);
  const readAll = () => readNetworkWithMembers(networkFile, dataDir);
  const network = isForeign ? undefined : gather(errors, readAll);
  if (set) errors.push(...plugins.flatMap((plugin) => plugin.findFaults?.(set) ?? []));
  const forwardingFile = set?.HUB_FORWARD_HEADERS;
  if (forwardingFile && !isForeign)
    errors.push(
      'HUB_FORWARD_HEADERS: only with --supergraph. Partners get a signed assertion instead.',
    );
  const forwarding =
    forwardingFile && isForeign
      ? gather(errors, () => readForwardingRules(locate(forwardingFile)))
      : undefined;
  const certificateFiles = set && gather(errors, () => readTlsSettings(set, locate));
  const plain = network ? listPlainPartners(network) : [];
  if (set?.HUB_PLAIN_HTTP === 'refuse' && plain.length > 0)
    errors.push(`The network file has URLs without TLS on other machines: ${plain.join(', ')}.`);
  if (!set || !certificateFiles || errors.length > 0) throw new ConfigError(errors.join('\n'));
  return Object.freeze({
    network,
    supergraphFile:
      flags.supergraph === undefined ? undefined : readPath(flags.supergraph, environment),
    host: set.HUB_HOST,
    port: flags.port ?? set.HUB_PORT ?? network?.port ?? 4000,
    workers: flags.workers ?? set.HUB_WORKERS,
    dataDir,
    privateKeys: set.HUB_PRIVATE_KEYS
      ? locate(set.HUB_PRIVATE_KEYS)
      : join(dataDir, 'keys', 'hub.private.json'),
    logLevel: set.LOG_LEVEL,
    // A foreign supergraph is a trial. The schema of the network is public only if an operator
    // decided so.
    introspection: set.HUB_INTROSPECTION ?? isForeign,
    certificateFiles,
    plainHttp: set.HUB_PLAIN_HTTP,
    registry: set.HUB_REGISTRY === 'on' && !isForeign,
    forwarding,
    allowedOrigins: set.HUB_ALLOWED_ORIGINS,
    trustedProxies: set.HUB_TRUSTED_PROXIES,
    compresses: set.HUB_COMPRESSION,
    operationDeadlineMs: set.HUB_OPERATION_DEADLINE_MS,
    limits: readLimits(set, isForeign ? foreignLimits : defaultLimits),
    rate: readRate(set, isForeign),
    planning: readPlanningLimits(set, isForeign),
    plugins: set,
  });
}

/** The partners that are called on other machines without TLS. */
export const listPlainPartners = ({ partners }: Network): readonly string[] =>
  partners.filter(({ url, membership }) => !membership && isPlainCall(url)).map(({ code }) => code);

/**
 * npm runs commands in the root of the clone, and says where it was called. Relative paths start
 * there.
 */
export function readPath(path: string, environment: Environment = process.env): string {
  const called = resolve(environment['INIT_CWD'] ?? '', path);
  return existsSync(called) ? called : resolve(path);
}

/** The full path of what a command writes. It starts where npm was called, as {@link readPath}. */
export const resolveTarget = (path: string, environment: Environment = process.env): string =>
  resolve(environment['INIT_CWD'] ?? '', path);

/** Reads the settings for commands that need the network. */
export function readNetworkConfig(
  environment?: Environment,
): HubConfig & { readonly network: Network } {
  const config = readConfig(environment, []);
  if (!config.network) throw new ConfigError('There is no network file.');
  return { ...config, network: config.network };
}

function gather<T>(errors: string[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof NetworkError)) throw error;
    errors.push(error.message);
    return undefined;
  }
}

/**
 * The environment for a child process: this process’s variables, and defaults for those that are
 * not set.
 */
export function environmentWith(
  defaults: Environment,
  environment: Environment = process.env,
): Environment {
  const set = Object.entries(environment).filter(([, value]) => value);
  return { ...defaults, ...Object.fromEntries(set) };
}

/** Whether npm runs this process, so that it must end with npm. */
export const isRunByNpm = (environment: Environment = process.env): boolean =>
  environment['npm_lifecycle_event'] !== undefined;
