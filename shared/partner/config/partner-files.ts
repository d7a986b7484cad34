import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hubIssuer } from '../../identity/assertion.js';
import { keyFilesOf } from '../../identity/keys/key-file.js';
import { digestOf } from '../../system/digest.js';
import { ConfigError } from '../../system/settings/read-environment.js';

/** Where a partner’s keys are. */
export interface KeyFiles {
  /** The file of the partner’s own private keys. */
  readonly privateKeys: string;
  /** The file of the hub’s public keys. */
  readonly hubKeys: string;
  /** The folder in which missing keys are created: only a clone’s own data folder. */
  readonly keyFolder: string | undefined;
}

/**
 * The root of the clone: the nearest folder above whose package has workspaces. Undefined for an
 * extracted folder.
 */
export function findClone(module: string): string | undefined {
  for (let folder = new URL('.', module); ; folder = new URL('..', folder)) {
    const file = new URL('package.json', folder);
    if (existsSync(file) && 'workspaces' in (JSON.parse(readFileSync(file, 'utf8')) as object)) {
      return fileURLToPath(folder);
    }
    if (folder.href === new URL('..', folder).href) return undefined;
  }
}

/**
 * The URL of a partner’s database in a data folder (`.data`). Without the demonstration it is
 * another database.
 */
export function localDatabaseUrl(dataFolder: string, partner: string, factsOnly: boolean): string {
  return `sqlite:${resolve(dataFolder, factsOnly ? 'databases-facts-only' : 'databases', `${partner}.sqlite`)}`;
}

/**
 * The file in which a partner of a data folder notes the identity of its database. It is outside
 * the database’s folder.
 */
export function localIdentityFile(dataFolder: string, partner: string, factsOnly: boolean): string {
  return resolve(dataFolder, factsOnly ? 'identities-facts-only' : 'identities', `${partner}.json`);
}

/**
 * The same for a database of `DATABASE_URL`: beside a SQLite file, and otherwise in the data
 * folder.
 */
export function locateIdentity(
  url: string,
  partner: string,
  dataFolder: string | undefined,
): string | undefined {
  if (url.startsWith('sqlite:')) return `${resolve(url.slice('sqlite:'.length))}.identity.json`;
  if (dataFolder === undefined) return undefined;
  const { host, pathname } = new URL(url);
  const name = digestOf(`${host}${pathname}`).slice(0, 12);
  return resolve(dataFolder, 'identities', `${partner}-${name}.json`);
}

/** The folder of keys in a data folder. */
export const keyFolderOf = (dataFolder: string): string => resolve(dataFolder, 'keys');

/**
 * The key files of the environment, or those of the data folder, which are created if they are
 * missing.
 */
export function locateKeys(
  {
    HUB_KEYS,
    HUB_PRIVATE_KEYS,
  }: { readonly HUB_KEYS?: string; readonly HUB_PRIVATE_KEYS?: string },
  dataFolder: string | undefined,
  partner: string,
): KeyFiles {
  const keyFolder = dataFolder && keyFolderOf(dataFolder);
  const privateKeys = HUB_PRIVATE_KEYS ?? (keyFolder && keyFilesOf(keyFolder, partner).private);
  const hubKeys = HUB_KEYS ?? (keyFolder && keyFilesOf(keyFolder, hubIssuer).public);
  if (privateKeys === undefined || hubKeys === undefined) {
    const missing =
      'are required outside a clone: the partner’s own private keys, the hub’s public ones';
    throw new ConfigError(`The environment is invalid:\n  HUB_PRIVATE_KEYS, HUB_KEYS: ${missing}`);
  }
  return { privateKeys, hubKeys, keyFolder: HUB_PRIVATE_KEYS || HUB_KEYS ? undefined : keyFolder };
}
