import type { JWK } from 'jose';
import { dirname, resolve } from 'node:path';
import { KeyFileError, keyFilesOf, readKeyFile } from '../../identity/keys/key-file.js';
import { describeFileError } from '../../system/file-error.js';
import { keepFilesPrivate } from '../../system/private-files.js';
import { ConfigError, UsageError } from '../../system/settings/read-environment.js';
import { UserError } from '../../system/user-error.js';
import type { ReadConfig } from '../config/config.js';
import type { PartnerConfig } from '../config/partner-config.js';
import { runRecordCommand } from './disclosures/disclosures.js';
import { runKeysCommand } from './keys-command.js';
import { createToken } from './token-command.js';

const usage = `Usage: npm run keys -- make | show | rotate | vouch
       npm run --silent token -- --role ROLE
       npm run disclosures -- verify | close | heads | hand-in`;

/** Commands of a partner’s parts, by name. Each gets the words after its name and returns the exit code. */
export type PartCommands = Readonly<Record<string, (argv: readonly string[]) => Promise<number>>>;

const ownCommands: readonly string[] = ['keys', 'token', 'disclosures'];

export interface RunCommandOptions {
  readonly readConfig: ReadConfig;
  /** Loads the folder, for the commands of its parts. @default there are none */
  readonly load?: () => Promise<{ readonly definition: { readonly commands: PartCommands } }>;
  /** @default the process’s */
  readonly argv?: readonly string[];
  /** Prints a result. @default standard output */
  readonly print?: (line: string) => void;
  /** Prints why there is none. @default standard error */
  readonly complain?: (line: string) => void;
}

/** The flag that chooses the partner, if the folder serves several, and the other words. */
function splitPartner(argv: readonly string[]) {
  const at = argv.indexOf('--partner');
  if (at < 0) return { flags: [], rest: [...argv] };
  return { flags: argv.slice(at, at + 2), rest: argv.toSpliced(at, 2) };
}

async function runCommand(
  config: PartnerConfig,
  command: string | undefined,
  argv: readonly string[],
): Promise<string> {
  switch (command) {
    case 'keys':
      return runKeysCommand(argv, { code: config.partner, folder: keyFolder(config) });
    case 'token':
      return createToken(argv, {
        organisations: [config.partner],
        findKey: () => readSigningKey(config),
      });
    case 'disclosures': {
      const isElsewhere = argv.includes('--database');
      const { databaseUrl: url, recognition, partner, privateKeys, hubKeys, hubUrl } = config;
      const { certificateFiles } = config;
      const ownSide = { partner, privateKeys, hubKeys, hubUrl, certificateFiles };
      const own = { url, file: recognition?.file ?? '', ownSide };
      const whose = isElsewhere ? [] : ['--partner', config.partner];
      return runRecordCommand([...argv, ...whose], () => own);
    }
    default:
      throw new UsageError(usage);
  }
}

/** @throws ConfigError if the name of the file is not the usual one */
function keyFolder({ privateKeys, partner }: PartnerConfig): string {
  const folder = dirname(resolve(privateKeys));
  if (keyFilesOf(folder, partner).private === resolve(privateKeys)) return folder;
  throw new ConfigError(
    `HUB_PRIVATE_KEYS must end with ${partner}.private.json for this command, and is ${privateKeys}.`,
  );
}

async function readSigningKey({ privateKeys }: PartnerConfig): Promise<JWK> {
  const { keys } = await readKeyFile(privateKeys);
  const key = keys.find(({ use }) => use === undefined || use === 'sig');
  if (!key) throw new KeyFileError(`${privateKeys} has no signing key.`);
  return key;
}

/**
 * Runs a command of a partner’s folder: `keys`, `token`, `disclosures`, or one of its parts.
 * @returns the exit code: 0, 1, or 2 for an invalid command line
 * @example process.exit(await runPartnerCommand({ readConfig, load: () => import('./partner.js') }));
 */
export async function runPartnerCommand({
  readConfig,
  load,
  argv = process.argv.slice(2),
  print = (line) => void process.stdout.write(`${line}\n`),
  complain = (line) => void process.stderr.write(`${line}\n`),
}: RunCommandOptions): Promise<number> {
  keepFilesPrivate();
  const { flags, rest } = splitPartner(argv);
  const [command, ...words] = rest;
  try {
    if (command && load && !ownCommands.includes(command)) {
      const run = (await load()).definition.commands[command];
      if (run) return await run([...words, ...flags]);
    }
    print(await runCommand(readConfig(undefined, flags), command, words));
    return 0;
  } catch (error) {
    const reason = error instanceof UserError ? error.message : describeFileError(error, 'A file');
    if (reason === undefined) throw error;
    complain(reason);
    return error instanceof UsageError ? 2 : 1;
  }
}
