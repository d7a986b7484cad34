import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { postgresConnections } from '../../database/data-source.js';
import {
  defaultTimeouts,
  type DatabaseTimeouts,
} from '../../database/postgres/postgres-timeouts.js';
import { limitVariables, readLimits } from '../../graphql/limits/limit-variables.js';
import { partnerLimits, type Limits } from '../../graphql/limits/limits.js';
import type { FieldPurposes } from '../../identity/request-headers.js';
import { readFieldPurposes } from '../../policy/field-purposes.js';
import type { PublicationSettings } from '../../records/manifest/publication-settings.js';
import { readRetention, usualRetention, type Retention } from '../../records/manifest/retention.js';
import type { Recognition } from '../../storage/keep-options.js';
import { metricsReaders } from '../../system/settings/addresses.js';
import type { TlsSettings } from '../../system/settings/certificate-files.js';
import type { PlainHttp } from '../../system/settings/plain-http.js';
import {
  ConfigError,
  port,
  readEnvironment,
  type Environment,
} from '../../system/settings/read-environment.js';
import { readTlsSettings, tlsVariables } from '../../system/settings/tls-settings.js';
import { backUpFlags, readBackUpTask, type BackUpTask } from './back-up-task.js';
import { addPassword } from './database-password.js';
import { mailVariables, readMailSettings, type MailSettings } from './mail-settings.js';
import {
  findClone,
  localDatabaseUrl,
  localIdentityFile,
  locateIdentity,
  locateKeys,
  type KeyFiles,
} from './partner-files.js';
import {
  localPublicationFiles,
  publicationVariables,
  readPublicationSettings,
} from './publication-settings.js';

/** What a partner’s process must do: `serve` until it is told to stop, or one task. */
type PartnerTask = 'serve' | 'migrate' | 'seed' | BackUpTask;

/** The settings of one partner. */
export interface PartnerConfig extends KeyFiles {
  /** The partner’s code. */
  readonly partner: string;
  readonly task: PartnerTask;
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  /** The timeouts of PostgreSQL. @default `defaultTimeouts` of `../database` */
  readonly databaseTimeouts?: DatabaseTimeouts;
  /** The most connections to PostgreSQL. @default 10 */
  readonly databaseConnections?: number;
  readonly content: 'nothing' | 'facts' | 'demonstration';
  readonly logLevel: string;
  /** The hub’s URL, for requests to other organisations. */
  readonly hubUrl: string;
  /** Limits of one operation and of one client. @default `partnerLimits` */
  readonly limits?: Limits;
  /**
   * The lowest count of people that is shown exactly to callers who may not see them; 1 shows all
   * counts. @default 5
   */
  readonly countThreshold?: number;
  /** The purposes for which fields may be read. @default each for any, or for none */
  readonly fieldPurposes?: FieldPurposes;
  /** How many days after the last journey personal data is kept. @default `usualRetention` */
  readonly retention?: Retention;
  /** What its manifest says besides the schema. */
  readonly publication?: PublicationSettings;
  /** How it sends mails. @default it sends none */
  readonly mail?: MailSettings | undefined;
  /** Where people open the hub’s pages, for the links of invitations. */
  readonly pagesUrl?: string;
  /** The addresses and networks that may read `/metrics`. @default nobody */
  readonly metricsReaders?: readonly string[];
  /** The URL of the collector of traces. @default nothing is traced */
  readonly tracesEndpoint?: string | undefined;
  /** The files of its certificates. */
  readonly certificateFiles?: TlsSettings;
  /** What to do if the hub’s URL is on another machine and has no TLS. @default warn */
  readonly plainHttp?: PlainHttp;
  /** How the partner recognises its database. */
  readonly recognition?: Recognition;
  /** The clone’s data folder, which only this user may read. Undefined if there is none. */
  readonly dataFolder?: string;
}

/** The codes of a folder that anybody’s server of a kind can run from. */
interface CodeForm {
  readonly has: (code: string) => boolean;
  /** What such a code is, for the error message. */
  readonly form: string;
}

export interface PartnerConfigOptions {
  /**
   * `import.meta.url` of the partner’s `config.ts`, to find out whether the folder is inside a
   * clone.
   */
  readonly module: string;
  /**
   * The codes that this folder can run as: all of them, or how to tell. If there are several,
   * `--partner` or `HUB_PARTNER` chooses.
   */
  readonly codes: readonly string[] | CodeForm;
  /** The port if `PORT` is not set. */
  readonly defaultPort: (code: string) => number;
}

/** Reads a setting by a function that says what is invalid. */
const readBy =
  <Value>(read: (text: string) => Value) =>
  (text: string, { addIssue }: z.RefinementCtx): Value => {
    try {
      return read(text);
    } catch (error) {
      addIssue((error as Error).message);
      return z.NEVER;
    }
  };

/** `HUB_TRAVEL_NEEDS_DAYS` is older, and says the same of travel needs alone. */
function chooseRetention({
  HUB_RETENTION: days,
  HUB_TRAVEL_NEEDS_DAYS: older,
}: {
  readonly HUB_RETENTION: Retention;
  readonly HUB_TRAVEL_NEEDS_DAYS?: number | undefined;
}): Retention {
  if (older === undefined || older === days.TRAVEL_NEEDS) return days;
  if (days.TRAVEL_NEEDS === usualRetention.TRAVEL_NEEDS) return { ...days, TRAVEL_NEEDS: older };
  throw new ConfigError(
    'The environment is invalid:\n  HUB_TRAVEL_NEEDS_DAYS: differs from TRAVEL_NEEDS of HUB_RETENTION',
  );
}

/** For PostgreSQL, 0 means no limit: one statement could hold a connection forever. */
const milliseconds = z.coerce.number().int().min(1).max(600_000);

const variables = z.object({
  PORT: port.optional(),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.|postgres(ql)?:\/\/)/, 'must be sqlite:<path> or postgres://…')
    .optional(),
  HUB_CONTENT: z.enum(['facts', 'demonstration']).optional(),
  HUB_COUNT_THRESHOLD: z.coerce.number().int().min(1).default(5),
  HUB_DATABASE_IDENTITY: z.string().optional(),
  HUB_DATABASE_PASSWORD_FILE: z.string().optional(),
  HUB_DATA_DIR: z.string().optional(),
  HUB_FIELD_PURPOSES: z.string().default('').transform(readBy(readFieldPurposes)),
  HUB_KEYS: z.string().optional(),
  HUB_METRICS: metricsReaders,
  HUB_NEW_DATABASE: z.enum(['true', 'false']).default('false'),
  HUB_PAGES_URL: z.url({ protocol: /^https?$/ }).optional(),
  HUB_PARTNER: z.string().optional(),
  HUB_POSTGRES_CONNECTIONS: z.coerce.number().int().min(1).max(1_000).default(postgresConnections),
  HUB_POSTGRES_CONNECTION_MS: milliseconds.default(defaultTimeouts.connectionMs),
  HUB_POSTGRES_LOCK_MS: milliseconds.default(defaultTimeouts.lockMs),
  HUB_POSTGRES_STATEMENT_MS: milliseconds.default(defaultTimeouts.statementMs),
  HUB_PRIVATE_KEYS: z.string().optional(),
  HUB_RETENTION: z.string().default('').transform(readBy(readRetention)),
  HUB_TRAVEL_NEEDS_DAYS: z.coerce.number().int().min(0).max(365).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  HUB_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:4000/graphql'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ...limitVariables,
  ...mailVariables,
  ...publicationVariables,
  ...tlsVariables,
});

const settingsOfAll = variables.pick({
  HUB_COUNT_THRESHOLD: true,
  HUB_METRICS: true,
  HUB_RETENTION: true,
  HUB_TRAVEL_NEEDS_DAYS: true,
  OTEL_EXPORTER_OTLP_ENDPOINT: true,
});

/** The environment variables of a partner. */
export const partnerVariables: readonly string[] = Object.keys(variables.shape);

/**
 * Reads the settings that all partners have in common, if several share an environment.
 * @throws {@link ConfigError} with what is invalid.
 */
export function readCommonSettings(
  environment: Environment,
): Required<Pick<PartnerConfig, 'countThreshold' | 'metricsReaders' | 'retention'>> &
  Pick<PartnerConfig, 'tracesEndpoint'> {
  const set = readEnvironment(settingsOfAll, environment);
  return {
    countThreshold: set.HUB_COUNT_THRESHOLD,
    metricsReaders: set.HUB_METRICS,
    retention: chooseRetention(set),
    tracesEndpoint: set.OTEL_EXPORTER_OTLP_ENDPOINT,
  };
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
    // npm runs a package’s scripts in the package’s folder, and says where the command was called.
    const folder = resolve(environment['INIT_CWD'] ?? '.');
    return { ...values, backUp: readBackUpTask(positionals, values, folder) };
  } catch (error) {
    throw new ConfigError(`The command line is invalid:\n  ${(error as Error).message}`);
  }
}

function choosePartner(codes: PartnerConfigOptions['codes'], asked: string | undefined): string {
  const known = 'has' in codes ? undefined : codes;
  const partner = asked ?? (known?.length === 1 ? known[0] : undefined);
  if (partner && ('has' in codes ? codes.has(partner) : codes.includes(partner))) return partner;
  const allowed = 'has' in codes ? codes.form : `one of ${codes.join(', ')}`;
  throw new ConfigError(`--partner (or HUB_PARTNER) must be ${allowed}.`);
}

/** People and a partner’s server may reach the hub by different addresses. */
const pagesOf = ({
  HUB_PAGES_URL: given,
  HUB_MAIL_PAGES: ofMails,
  HUB_URL: url,
}: z.output<typeof variables>): string =>
  (given ?? ofMails ?? new URL(url).origin).replace(/\/+$/, '');

/**
 * Reads the settings of a partner. Inside a clone, its database is in the clone’s `.data` (or
 * `HUB_DATA_DIR`) and gets the facts and the demonstration. A database of `DATABASE_URL` stays
 * empty unless `HUB_CONTENT` is set. `--seed-only` loads at least the facts. `--new-database` (or
 * `HUB_NEW_DATABASE`) accepts the database as it is. `backup` and `restore` are tasks of their own:
 * `back-up-task.ts`.
 * @throws {@link ConfigError} with what is invalid.
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
    fieldPurposes: set.HUB_FIELD_PURPOSES,
    retention: chooseRetention(set),
    mail: readMailSettings(set),
    pagesUrl: pagesOf(set),
    metricsReaders: set.HUB_METRICS,
    tracesEndpoint: set.OTEL_EXPORTER_OTLP_ENDPOINT,
    certificateFiles: readTlsSettings(set, (file) => resolve(file)),
    plainHttp: set.HUB_PLAIN_HTTP,
    databaseConnections: set.HUB_POSTGRES_CONNECTIONS,
    databaseTimeouts: {
      statementMs: set.HUB_POSTGRES_STATEMENT_MS,
      lockMs: set.HUB_POSTGRES_LOCK_MS,
      connectionMs: set.HUB_POSTGRES_CONNECTION_MS,
    },
  } as const;
  const clone = findClone(module);
  const dataFolder =
    clone || set.HUB_DATA_DIR ? resolve(clone ?? '.', set.HUB_DATA_DIR ?? '.data') : undefined;
  const databaseUrl = set.DATABASE_URL
    ? addPassword(set.DATABASE_URL, set.HUB_DATABASE_PASSWORD_FILE)
    : dataFolder && localDatabaseUrl(dataFolder, partner, factsOnly);
  if (databaseUrl === undefined) {
    throw new ConfigError(
      'The environment is invalid:\n  DATABASE_URL: is required outside a clone',
    );
  }
  const keys = locateKeys(set, dataFolder, partner);
  const localFiles = dataFolder ? localPublicationFiles(dataFolder, partner) : {};
  const publication = readPublicationSettings(set, localFiles);
  const isNew = flags['new-database'] || set.HUB_NEW_DATABASE === 'true';
  if (!set.DATABASE_URL && dataFolder) {
    const file = set.HUB_DATABASE_IDENTITY ?? localIdentityFile(dataFolder, partner, factsOnly);
    const content = factsOnly ? 'facts' : 'demonstration';
    const recognition = { file, isNew, mayBeFirst: true };
    const own = { databaseUrl, content, recognition, dataFolder, publication } as const;
    return Object.freeze({ ...common, ...keys, ...own });
  }
  const asked = set.HUB_CONTENT ?? (task === 'seed' ? 'facts' : 'nothing');
  const content = asked === 'demonstration' && factsOnly ? 'facts' : asked;
  // An operator who migrates a database, or chooses its first content, allows it to be empty.
  const mayBeFirst = task !== 'serve' || content !== 'nothing';
  const file = set.HUB_DATABASE_IDENTITY ?? locateIdentity(databaseUrl, partner, dataFolder);
  const recognition = { file, isNew, mayBeFirst };
  return Object.freeze({ ...common, ...keys, databaseUrl, content, recognition, publication });
}
