import {
  ConfigError,
  isPlainCall,
  readEnvironment,
  readTlsSettings,
  UsageError,
  type Environment,
  type PlainHttp,
} from '@hub/shared/config';
import { defaultLimits, foreignLimits, readLimits, type Limits } from '@hub/shared/limits';
import type { TlsSettings } from '@hub/shared/tls';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  readForwardingRules,
  type ForwardingRules,
} from './partners/forwarding/forwarding-rules.js';
import {
  defaultPlanningLimits,
  foreignPlanningLimits,
  type PlanningLimits,
} from './planning/planning-limits.js';
import { NetworkError, type Network } from './registry/network.js';
import { packageFolder } from './registry/package-folder.js';
import { readNetworkWithMembers } from './registry/written/network-with-members.js';
import { readFlags } from './settings/command-line.js';
import {
  defaultDataDir,
  defaultNetworkFile,
  variables,
  type Variables,
} from './settings/hub-variables.js';
import { readSharedState, type SharedStateSettings } from './shared-state/settings.js';

export { UsageError };

/** The hub’s settings. docs/settings.md has the same table. */
export interface Config {
  /** The network that the hub serves. */
  readonly network: Network | undefined;
  /** Instead of a network: the file of a foreign supergraph. */
  readonly supergraphFile: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Number of worker processes, on one port. */
  readonly workers: number;
  /** The folder for keys and databases. */
  readonly dataDir: string;
  /** The file of the hub’s own private keys. */
  readonly privateKeys: string;
  readonly logLevel: string;
  readonly introspection: boolean;
  /** Whether browsers get Apollo Sandbox, and its origin is allowed. */
  readonly sandbox: boolean;
  /** Whether the hub serves its own pages. */
  readonly pages: boolean;
  /** Whether the hub counts which elements of the graph clients use. */
  readonly usage: boolean;
  /** Whether owners are notified of what concerns their schema and fields. */
  readonly ownerNotices: boolean;
  /** Whether the pages sign anybody in as anybody, with the organisations’ keys in the data folder. */
  readonly trialSignIn: boolean;
  /** The file of the applications whose operations are trusted. @default no application */
  readonly trustedDocuments: string | undefined;
  /** What passes between clients and the subgraphs of a foreign supergraph. @default nothing */
  readonly forwarding: ForwardingRules | undefined;
  /** The key of engines that may ask each subgraph. @default none may */
  readonly engineKey: string | undefined;
  /** Whether assistants may call the tools of `/mcp`. */
  readonly mcp: boolean;
  /** The names of the trusted applications whose queries are tools too. */
  readonly mcpApplications: readonly string[];
  /** Origins whose pages may send requests. */
  readonly allowedOrigins: readonly string[];
  /** Addresses or networks of proxies whose `X-Forwarded-For` is trusted. */
  readonly trustedProxies: readonly string[];
  /** Whether responses are compressed for clients that ask. */
  readonly compresses: boolean;
  /** The addresses and networks that may read `/metrics`. */
  readonly metricsReaders: readonly string[];
  /** The URL of the collector of traces. @default nothing is traced */
  readonly tracesEndpoint: string | undefined;
  /** The store by which several hubs share rates, writes and changes. @default this hub is alone */
  readonly sharedState: SharedStateSettings | undefined;
  /** For one operation, however many calls it needs. */
  readonly operationDeadlineMs: number;
  /** Limits of one operation and of one client. */
  readonly limits: Limits;
  /** How many requests one caller may send. */
  readonly rate:
    | {
        readonly perSecond: number;
        readonly burst: number;
        readonly organisationPerSecond: number;
        readonly workMs: number;
        readonly workBytes: number;
      }
    | undefined;
  /** How many streams of notices clients may have, in all workers; 0 turns them off. */
  readonly changes: {
    readonly total: number;
    readonly perReader: number;
    readonly seconds: number;
  };
  /** The files of its certificates. */
  readonly certificateFiles: TlsSettings;
  /** What to do about partners on other machines whose URL has no TLS. */
  readonly plainHttp: PlainHttp;
  /** Whether a process of its own fetches what the partners publish. */
  readonly registry: boolean;
  /** Limits of the engine’s search for the best plan. */
  readonly planning: PlanningLimits;
}

/** Relative paths in the environment start here, whatever the current directory is. */
const cloneFolder = dirname(packageFolder);
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
function readRate(set: Variables, isForeign: boolean): Config['rate'] {
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
): Readonly<Config> {
  const flags = readFlags(argv);
  const errors: string[] = [];
  const set = gather(errors, () => readEnvironment(variables, environment));
  const isForeign = flags.supergraph !== undefined;
  // Also if the environment is invalid, so that its errors and the network file’s are reported
  // together.
  const networkFile = resolve(cloneFolder, environment['HUB_NETWORK'] || defaultNetworkFile);
  const dataDir = resolve(cloneFolder, environment['HUB_DATA_DIR'] || defaultDataDir);
  const readAll = () => readNetworkWithMembers(networkFile, dataDir);
  const network = isForeign ? undefined : gather(errors, readAll);
  if (set?.HUB_ENGINE_KEY && set.HUB_TRUSTED_DOCUMENTS)
    errors.push(
      'HUB_ENGINE_KEY: other engines send texts, which HUB_TRUSTED_DOCUMENTS may refuse.',
    );
  const locate = (file: string) => resolve(cloneFolder, file);
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
  const sharedState = set && gather(errors, () => readSharedState(set, locate));
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
      ? resolve(cloneFolder, set.HUB_PRIVATE_KEYS)
      : join(dataDir, 'keys', 'hub.private.json'),
    logLevel: set.LOG_LEVEL,
    // A foreign supergraph is a trial. The schema of the network is public only if an operator
    // decided so.
    introspection: set.HUB_INTROSPECTION ?? isForeign,
    certificateFiles,
    plainHttp: set.HUB_PLAIN_HTTP,
    registry: set.HUB_REGISTRY === 'on' && !isForeign,
    sandbox: set.HUB_SANDBOX ?? isForeign,
    // The pages know the network’s own schema.
    pages: (set.HUB_PAGES ?? true) && !isForeign,
    // Nobody owns the elements of a foreign supergraph.
    usage: (set.HUB_USAGE ?? true) && !isForeign,
    // They are made of what the registry’s process does.
    ownerNotices: set.HUB_OWNER_NOTICES && set.HUB_REGISTRY === 'on' && !isForeign,
    trialSignIn: set.HUB_TRIAL_SIGN_IN,
    trustedDocuments: set.HUB_TRUSTED_DOCUMENTS
      ? resolve(cloneFolder, set.HUB_TRUSTED_DOCUMENTS)
      : undefined,
    forwarding,
    engineKey: isForeign ? undefined : set.HUB_ENGINE_KEY,
    // A foreign supergraph does not say which of its fields are restricted.
    mcp: set.HUB_MCP && !isForeign,
    mcpApplications: set.HUB_MCP_APPLICATIONS,
    allowedOrigins: set.HUB_ALLOWED_ORIGINS,
    trustedProxies: set.HUB_TRUSTED_PROXIES,
    compresses: set.HUB_COMPRESSION,
    metricsReaders: set.HUB_METRICS,
    tracesEndpoint: set.OTEL_EXPORTER_OTLP_ENDPOINT,
    // Hubs of a foreign supergraph have no key in common.
    sharedState: isForeign ? undefined : sharedState,
    operationDeadlineMs: set.HUB_OPERATION_DEADLINE_MS,
    limits: readLimits(set, isForeign ? foreignLimits : defaultLimits),
    rate: readRate(set, isForeign),
    changes: {
      total: set.HUB_CHANGE_STREAMS,
      perReader: set.HUB_CHANGE_STREAMS_PER_CLIENT,
      seconds: set.HUB_CHANGE_STREAM_SECONDS,
    },
    planning: readPlanningLimits(set, isForeign),
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
): Config & { readonly network: Network } {
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
