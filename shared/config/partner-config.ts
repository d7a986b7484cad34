import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { defaultTimeouts, type DatabaseTimeouts } from '../database/index.js';
import { hubIssuer, keyFilesOf } from '../identity/index.js';
import { limitVariables, partnerLimits, readLimits, type Limits } from '../limits/index.js';
import type { Recognition } from '../storage/index.js';
import { backUpFlags, readBackUpTask, type BackUpTask } from './back-up-task.js';
import { ConfigError, port, readEnvironment, type Environment } from './read-environment.js';

/** What a partner’s process is to do: `serve` until it is told to stop, or one task and then end. */
export type PartnerTask = 'serve' | 'migrate' | 'seed' | BackUpTask;

/** How one partner runs. */
export interface PartnerConfig {
  /** The partner’s code. */
  readonly partner: string;
  readonly task: PartnerTask;
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  /** How long PostgreSQL is waited for. @default `defaultTimeouts` of `../database` */
  readonly databaseTimeouts?: DatabaseTimeouts;
  readonly content: 'nothing' | 'facts' | 'demonstration';
  readonly logLevel: string;
  /** The file of the partner’s own private keys. */
  readonly privateKeys: string;
  /** The file of the hub’s public keys. */
  readonly hubKeys: string;
  /** Where keys that are missing are to be made: in a clone’s own data folder, and nowhere else. */
  readonly keyFolder: string | undefined;
  /** Where the hub answers, for what the partner has to ask other organisations. */
  readonly hubUrl: string;
  /** What one operation may ask for, and one client take. @default `partnerLimits` */
  readonly limits?: Limits;
  /** How many people a count needs to be told to readers who may not see them; 1 tells all. @default 5 */
  readonly countThreshold?: number;
  /** How the partner knows its database again. */
  readonly recognition?: Recognition;
  /** The clone’s data folder, whose files are for this user alone; undefined where there is none. */
  readonly dataFolder?: string;
}

export interface PartnerConfigOptions {
  /** `import.meta.url` of the partner’s `config.ts`: tells whether the folder lies inside a clone. */
  readonly module: string;
  /** The codes of the partners that this folder can run as. With several, `--partner` or `HUB_PARTNER` chooses. */
  readonly codes: readonly string[];
  /** The port of a partner where `PORT` is not set. */
  readonly defaultPort: (code: string) => number;
}

/** PostgreSQL takes 0 for no limit at all, which would let one statement hold a connection for ever. */
const milliseconds = z.coerce.number().int().min(1).max(600_000);

const variables = z.object({
  PORT: port.optional(),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.|postgres(ql)?:\/\/)/, 'is neither sqlite:<path> nor postgres://…')
    .optional(),
  HUB_CONTENT: z.enum(['facts', 'demonstration']).optional(),
  HUB_COUNT_THRESHOLD: z.coerce.number().int().min(1).default(5),
  HUB_DATABASE_IDENTITY: z.string().optional(),
  HUB_DATA_DIR: z.string().optional(),
  HUB_KEYS: z.string().optional(),
  HUB_NEW_DATABASE: z.enum(['true', 'false']).default('false'),
  HUB_PARTNER: z.string().optional(),
  HUB_POSTGRES_CONNECTION_MS: milliseconds.default(defaultTimeouts.connectionMs),
  HUB_POSTGRES_LOCK_MS: milliseconds.default(defaultTimeouts.lockMs),
  HUB_POSTGRES_STATEMENT_MS: milliseconds.default(defaultTimeouts.statementMs),
  HUB_PRIVATE_KEYS: z.string().optional(),
  HUB_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:4000/graphql'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ...limitVariables,
});

/**
 * Reads how many people a count needs to be told to readers who may not see them, where several partners share an
 * environment.
 * @throws {@link ConfigError} with what does not fit.
 */
export const readCountThreshold = (environment: Environment): number =>
  readEnvironment(variables.pick({ HUB_COUNT_THRESHOLD: true }), environment).HUB_COUNT_THRESHOLD;

/** The clone’s root: the nearest folder above whose package has workspaces. Undefined for a folder taken away. */
function findClone(module: string): string | undefined {
  for (let folder = new URL('.', module); ; folder = new URL('..', folder)) {
    const file = new URL('package.json', folder);
    if (existsSync(file) && 'workspaces' in (JSON.parse(readFileSync(file, 'utf8')) as object)) {
      return fileURLToPath(folder);
    }
    if (folder.href === new URL('..', folder).href) return undefined;
  }
}

/** The address of a partner’s database in a data folder (`.data`); without the demonstration it is another one. */
export function localDatabaseUrl(dataFolder: string, partner: string, factsOnly: boolean): string {
  return `sqlite:${resolve(dataFolder, factsOnly ? 'databases-facts-only' : 'databases', `${partner}.sqlite`)}`;
}

/** Where a partner of a data folder notes which database is its own: outside of the database’s folder. */
export function localIdentityFile(dataFolder: string, partner: string, factsOnly: boolean): string {
  return resolve(dataFolder, factsOnly ? 'identities-facts-only' : 'identities', `${partner}.json`);
}

/** Where it is noted for a database that `DATABASE_URL` names: beside a SQLite file, and in the data folder for another. */
function locateIdentity(
  url: string,
  partner: string,
  dataFolder: string | undefined,
): string | undefined {
  if (url.startsWith('sqlite:')) return `${resolve(url.slice('sqlite:'.length))}.identity.json`;
  if (dataFolder === undefined) return undefined;
  const { host, pathname } = new URL(url);
  const name = createHash('sha256').update(`${host}${pathname}`).digest('hex').slice(0, 12);
  return resolve(dataFolder, 'identities', `${partner}-${name}.json`);
}

function readFlags(argv: readonly string[], environment: Environment) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        'facts-only': { type: 'boolean', default: false },
        'migrate-only': { type: 'boolean', default: false },
        'new-database': { type: 'boolean', default: false },
        'seed-only': { type: 'boolean', default: false },
        partner: { type: 'string' },
        ...backUpFlags,
      },
      allowPositionals: true,
    });
    // npm runs a package’s scripts in the package’s own folder, and says where the command was given.
    const folder = resolve(environment['INIT_CWD'] ?? '.');
    return { ...values, backUp: readBackUpTask(positionals, values, folder) };
  } catch (error) {
    throw new ConfigError(`The command line does not fit:\n  ${(error as Error).message}`);
  }
}

function choosePartner(codes: readonly string[], asked: string | undefined): string {
  const partner = asked ?? (codes.length === 1 ? codes[0] : undefined);
  if (partner && codes.includes(partner)) return partner;
  throw new ConfigError(`--partner (or HUB_PARTNER) is one of ${codes.join(', ')}.`);
}

/** The folder of an embedded start’s keys in its data folder. */
export const keyFolderOf = (dataFolder: string): string => resolve(dataFolder, 'keys');

/** The files that the environment names, or those of the data folder, where they are made if they are missing. */
function locateKeys(
  {
    HUB_KEYS,
    HUB_PRIVATE_KEYS,
  }: { readonly HUB_KEYS?: string; readonly HUB_PRIVATE_KEYS?: string },
  dataFolder: string | undefined,
  partner: string,
): Pick<PartnerConfig, 'privateKeys' | 'hubKeys' | 'keyFolder'> {
  const keyFolder = dataFolder && keyFolderOf(dataFolder);
  const privateKeys = HUB_PRIVATE_KEYS ?? (keyFolder && keyFilesOf(keyFolder, partner).private);
  const hubKeys = HUB_KEYS ?? (keyFolder && keyFilesOf(keyFolder, hubIssuer).public);
  if (privateKeys === undefined || hubKeys === undefined) {
    const missing =
      'are required outside a clone: the partner’s own private keys, the hub’s public ones';
    throw new ConfigError(
      `The environment does not fit:\n  HUB_PRIVATE_KEYS, HUB_KEYS: ${missing}`,
    );
  }
  return { privateKeys, hubKeys, keyFolder: HUB_PRIVATE_KEYS || HUB_KEYS ? undefined : keyFolder };
}

/**
 * Reads how a partner runs. Inside a clone its database lies in the clone’s `.data` (or `HUB_DATA_DIR`) and is filled
 * with the facts and the demonstration; a database named by `DATABASE_URL` is filled with nothing unless
 * `HUB_CONTENT` says so. `--seed-only` fills it with the facts at least. `--new-database` (or `HUB_NEW_DATABASE`) takes
 * the database as it is found. `backup` and `restore` name a task of their own: `back-up-task.ts`.
 * @throws {@link ConfigError} with what does not fit.
 */
export function readPartnerConfig(
  { module, codes, defaultPort }: PartnerConfigOptions,
  environment: Environment,
  argv: readonly string[],
): PartnerConfig {
  const flags = readFlags(argv, environment);
  const set = readEnvironment(variables, environment);
  const partner = choosePartner(codes, flags.partner ?? set.HUB_PARTNER);
  const once = flags['migrate-only'] ? 'migrate' : flags['seed-only'] ? 'seed' : undefined;
  const task = flags.backUp ?? once ?? 'serve';
  const factsOnly = flags['facts-only'] || set.HUB_CONTENT === 'facts';
  const common = {
    partner,
    task,
    host: set.HOST,
    port: set.PORT ?? defaultPort(partner),
    logLevel: set.LOG_LEVEL,
    hubUrl: set.HUB_URL,
    limits: readLimits(set, partnerLimits),
    countThreshold: set.HUB_COUNT_THRESHOLD,
    databaseTimeouts: {
      statementMs: set.HUB_POSTGRES_STATEMENT_MS,
      lockMs: set.HUB_POSTGRES_LOCK_MS,
      connectionMs: set.HUB_POSTGRES_CONNECTION_MS,
    },
  } as const;
  const clone = findClone(module);
  const dataFolder =
    clone || set.HUB_DATA_DIR ? resolve(clone ?? '.', set.HUB_DATA_DIR ?? '.data') : undefined;
  const databaseUrl =
    set.DATABASE_URL ?? (dataFolder && localDatabaseUrl(dataFolder, partner, factsOnly));
  if (databaseUrl === undefined) {
    throw new ConfigError(
      'The environment does not fit:\n  DATABASE_URL: is required outside a clone',
    );
  }
  const keys = locateKeys(set, dataFolder, partner);
  const isNew = flags['new-database'] || set.HUB_NEW_DATABASE === 'true';
  if (!set.DATABASE_URL && dataFolder) {
    const file = set.HUB_DATABASE_IDENTITY ?? localIdentityFile(dataFolder, partner, factsOnly);
    const content = factsOnly ? 'facts' : 'demonstration';
    const recognition = { file, isNew, mayBeFirst: true };
    return Object.freeze({ ...common, ...keys, databaseUrl, content, recognition, dataFolder });
  }
  const asked = set.HUB_CONTENT ?? (task === 'seed' ? 'facts' : 'nothing');
  const content = asked === 'demonstration' && factsOnly ? 'facts' : asked;
  // Who makes tables, or says what an empty database begins with, says that it may be empty.
  const mayBeFirst = task !== 'serve' || content !== 'nothing';
  const file = set.HUB_DATABASE_IDENTITY ?? locateIdentity(databaseUrl, partner, dataFolder);
  const recognition = { file, isNew, mayBeFirst };
  return Object.freeze({ ...common, ...keys, databaseUrl, content, recognition });
}
