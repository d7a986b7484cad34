import { ConfigError, port, readEnvironment, type Environment } from '@hub/shared/config';
import {
  defaultLimits,
  foreignLimits,
  limitVariables,
  readLimits,
  type Limits,
} from '@hub/shared/limits';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import {
  defaultPlanningLimits,
  foreignPlanningLimits,
  type PlanningLimits,
} from './planning/planning-limits.js';
import { NetworkError, readNetwork, type Network } from './registry/network.js';
import { packageFolder } from './registry/package-folder.js';

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
  /** Origins whose pages may send requests. */
  readonly allowedOrigins: readonly string[];
  /** Addresses or networks of proxies whose `X-Forwarded-For` is trusted. */
  readonly trustedProxies: readonly string[];
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
  /** Limits of the engine’s search for the best plan. */
  readonly planning: PlanningLimits;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
/** Relative paths in the environment start here, whatever the current directory is. */
const cloneFolder = dirname(packageFolder);
const workers = z.coerce.number().int().min(1).max(64);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

const defaultNetworkFile = 'gateway/network.json';

/** The hub’s environment variables. */
export const variables = z.object({
  HUB_PORT: port.optional(),
  HUB_HOST: z.string().default('127.0.0.1'),
  HUB_WORKERS: workers.default(1),
  HUB_NETWORK: z.string().default(defaultNetworkFile),
  HUB_DATA_DIR: z.string().default('.data'),
  HUB_PRIVATE_KEYS: z.string().optional(),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  HUB_INTROSPECTION: flag.optional(),
  HUB_SANDBOX: flag.optional(),
  HUB_ALLOWED_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .pipe(z.array(z.url('must be a list of origins')))
    .default([]),
  HUB_TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(',').map((address) => address.trim()))
    .pipe(
      z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'must be a list of addresses')),
    )
    .default([]),
  HUB_OPERATION_DEADLINE_MS: z.coerce.number().int().min(1).max(600_000).default(15_000),
  HUB_LIMIT_RATE: z.coerce.number().int().min(1).optional(),
  HUB_LIMIT_BURST: z.coerce.number().int().min(1).optional(),
  HUB_LIMIT_ORGANISATION_RATE: z.coerce.number().int().min(1).optional(),
  HUB_LIMIT_WORK_MS: z.coerce.number().int().min(1).default(125),
  HUB_LIMIT_WORK_BYTES: z.coerce.number().int().min(1).default(25_000_000),
  HUB_LIMIT_PLANS: z.coerce.number().int().min(1).optional(),
  HUB_LIMIT_PATHS: z.coerce.number().int().min(1).optional(),
  ...limitVariables,
});

type Variables = z.output<typeof variables>;

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

function readFlags(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        supergraph: { type: 'string' },
        port: { type: 'string' },
        workers: { type: 'string' },
      },
      allowPositionals: true,
    });
    const [command = 'serve', ...others] = positionals;
    if (command !== 'serve' || others.length > 0)
      throw new Error(`Unknown command: ${positionals.join(' ')}`);
    return {
      supergraph: values.supergraph,
      port: readFlag(port, values.port, '--port must be a port number'),
      workers: readWorkers(values.workers),
    };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}

function readFlag(type: z.ZodType<number>, value: string | undefined, fault: string) {
  if (value === undefined) return undefined;
  const { data } = type.safeParse(value);
  if (data === undefined) throw new Error(fault);
  return data;
}

/** @throws if it is not a valid number of workers */
export const readWorkers = (value: string | undefined): number | undefined =>
  readFlag(workers, value, '--workers must be a number from 1 to 64');

const usage = `Usage: npm run hub -- [serve] [--supergraph FILE] [--port N] [--workers N]

  serve               serves GraphQL (the default command)
  --supergraph FILE   serves this supergraph SDL, with its routing URLs, instead of the network’s
  --port N            the port, instead of HUB_PORT or the network file’s port
  --workers N         the number of worker processes, instead of HUB_WORKERS`;

/** A command line that is invalid. The message explains how to use it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
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
  const faults: string[] = [];
  const set = gather(faults, () => readEnvironment(variables, environment));
  const isForeign = flags.supergraph !== undefined;
  // Also if the environment is invalid, so that its errors and the network file’s are reported
  // together.
  const networkFile = resolve(cloneFolder, environment['HUB_NETWORK'] || defaultNetworkFile);
  const network = isForeign ? undefined : gather(faults, () => readNetwork(networkFile));
  if (!set || (!network && !isForeign)) throw new ConfigError(faults.join('\n'));
  return Object.freeze({
    network,
    supergraphFile:
      flags.supergraph === undefined ? undefined : readPath(flags.supergraph, environment),
    host: set.HUB_HOST,
    port: flags.port ?? set.HUB_PORT ?? network?.port ?? 4000,
    workers: flags.workers ?? set.HUB_WORKERS,
    dataDir: resolve(cloneFolder, set.HUB_DATA_DIR),
    privateKeys: set.HUB_PRIVATE_KEYS
      ? resolve(cloneFolder, set.HUB_PRIVATE_KEYS)
      : resolve(cloneFolder, set.HUB_DATA_DIR, 'keys', 'hub.private.json'),
    logLevel: set.LOG_LEVEL,
    // A foreign supergraph is a trial. The schema of the network is public only if an operator
    // decided so.
    introspection: set.HUB_INTROSPECTION ?? isForeign,
    sandbox: set.HUB_SANDBOX ?? isForeign,
    allowedOrigins: set.HUB_ALLOWED_ORIGINS,
    trustedProxies: set.HUB_TRUSTED_PROXIES,
    operationDeadlineMs: set.HUB_OPERATION_DEADLINE_MS,
    limits: readLimits(set, isForeign ? foreignLimits : defaultLimits),
    rate: readRate(set, isForeign),
    planning: readPlanningLimits(set, isForeign),
  });
}

/**
 * npm runs commands in the root of the clone, and says where it was called. Relative paths start
 * there.
 */
export function readPath(path: string, environment: Environment = process.env): string {
  const called = resolve(environment['INIT_CWD'] ?? '', path);
  return existsSync(called) ? called : resolve(path);
}

/** Reads the settings for commands that need the network. */
export function readNetworkConfig(
  environment?: Environment,
): Config & { readonly network: Network } {
  const config = readConfig(environment, []);
  if (!config.network) throw new ConfigError('There is no network file.');
  return { ...config, network: config.network };
}

function gather<T>(faults: string[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof NetworkError)) throw error;
    faults.push(error.message);
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
