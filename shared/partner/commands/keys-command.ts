import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hubIssuer } from '../../identity/assertion.js';
import { fingerprintsOf } from '../../identity/keys/fingerprint.js';
import {
  ensureKeyFiles,
  KeyFileError,
  keyFilesOf,
  readKeyFile,
} from '../../identity/keys/key-file.js';
import { readPublicKeys } from '../../identity/keys/public-keys.js';
import { findRotation, rotateKeys } from '../../identity/keys/rotate-keys.js';
import { signReadmission } from '../../records/evidence/readmission.js';
import { UsageError } from '../../system/settings/read-environment.js';

const usage = `Usage:
  keys make [--organisation CODE] [--folder DIR]
  keys show [--organisation CODE] [--folder DIR] [--file FILE]
  keys rotate [--organisation CODE] [--folder DIR] [--installed]
  keys vouch WHOM --file FILE [--organisation CODE] [--folder DIR]

  make             creates the keys, unless they exist: a private file and a public one
  show             prints the public keys’ fingerprints, to be compared by telephone
  rotate           does the next step of replacing the keys: shared/docs/replace-keys.md
  vouch            signs that an organisation which was removed comes back with these keys. Compare their fingerprints
                   with it by telephone first. The hub takes it back by the statements of two partners
  --organisation   whose keys
  --folder         where they are
  --file           a public file that somebody sent
  --installed      everybody has installed the public file of the step before`;

/** Whose keys the command is about, unless the command line says so. */
export interface KeysCommandDefaults {
  readonly code: string;
  readonly folder: string;
}

function readArguments(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...argv],
      options: {
        organisation: text,
        folder: text,
        file: text,
        installed: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}

/**
 * The command `keys`: creates, shows or replaces an organisation’s keys. It prints no private key.
 * @throws {@link UsageError}, or `KeyFileError` with what to do
 */
export async function runKeysCommand(
  argv: readonly string[],
  defaults: KeysCommandDefaults,
): Promise<string> {
  const { values, positionals } = readArguments(argv);
  const code = values.organisation ?? defaults.code;
  const folder = values.folder === undefined ? defaults.folder : resolve(values.folder);
  if (!/^[a-z][a-z0-9-]{1,31}$/.test(code)) {
    throw new UsageError(`--organisation must be a code such as pl.\n\n${usage}`);
  }
  const files = keyFilesOf(folder, code);
  const [command = '', whom, ...others] = positionals;
  if (command === 'vouch' && whom !== undefined && others.length === 0 && values.file)
    return vouch({ code, whom, file: resolve(values.file), privateFile: files.private });
  switch (positionals.join(' ')) {
    case 'make':
      await ensureKeyFiles(folder, code);
      return `${await describeFile(files.public)}\n\n${whatToSend(files, code)}`;
    case 'show':
      return describeShown(values.file ? resolve(values.file) : files.public, folder, code);
    case 'rotate':
      return rotate(folder, code, values.installed);
    default:
      throw new UsageError(usage);
  }
}

async function describeFile(file: string): Promise<string> {
  const prints = await fingerprintsOf(await readKeyFile(file));
  return [file, ...prints.map(({ use, thumbprint }) => `  ${use.padEnd(9)}  ${thumbprint}`)].join(
    '\n',
  );
}

/** To whom the public file goes. */
const receiverOf = (code: string): string =>
  code === hubIssuer ? 'every partner' : 'the hub’s operator';

const whatToSend = (files: { private: string; public: string }, code: string): string =>
  `Send ${files.public} to ${receiverOf(code)}, and compare the fingerprints by telephone.\n` +
  `Keep ${files.private}: it never leaves this machine, except in an encrypted back-up.`;

async function describeShown(file: string, folder: string, code: string): Promise<string> {
  const step = await findRotation(folder, code);
  const state = step ? `\n\nThe keys are being replaced: step ${step} is done.` : '';
  return `${await describeFile(file)}${state}`;
}

interface Vouching {
  readonly code: string;
  readonly whom: string;
  /** The public keys of the organisation that comes back. */
  readonly file: string;
  readonly privateFile: string;
}

async function vouch({ code, whom, file, privateFile }: Vouching): Promise<string> {
  const { keys } = await readKeyFile(privateFile);
  const key = keys.find(({ use }) => use === undefined || use === 'sig');
  if (!key) throw new KeyFileError(`${privateFile} has no signing key.`);
  const prints = await fingerprintsOf(await readPublicKeys(file));
  const fingerprints = prints.map(({ thumbprint }) => thumbprint);
  const at = new Date().toISOString();
  return signReadmission({ form: 1, issuer: code, partner: whom, fingerprints, at }, key);
}

async function rotate(folder: string, code: string, isInstalled: boolean): Promise<string> {
  const { step, steps, hasNewPublicFile } = await rotateKeys({ folder, code, isInstalled });
  const file = keyFilesOf(folder, code).public;
  const done = `Step ${step} of ${steps} is done.`;
  if (!hasNewPublicFile) return `${done} The old keys are removed, and nothing is left to do.`;
  const shown = `${done}\n\n${await describeFile(file)}\n\n`;
  const send = `Send ${file} to ${receiverOf(code)}, to be installed in place of the one before.`;
  if (step === steps) return `${shown}${send} The old keys are removed here.`;
  return `${shown}${send}\nWhen it is installed everywhere, run: keys rotate --installed`;
}
