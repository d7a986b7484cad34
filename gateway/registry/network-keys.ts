import {
  createKeyStore,
  createOwnKeys,
  createProviders,
  ensureKeyFiles,
  hubIssuer,
  keyFilesOf,
  readKeyFile,
  type JWK,
  type KeyFiles,
  type Providers,
} from '@hub/shared/identity';
import { join, resolve } from 'node:path';
import type { Network, Partner } from './network.js';

const keyFolder = (dataDir: string): string => join(dataDir, 'keys');

/**
 * Makes the keys of the embedded start, the hub’s and those of its partners, where they are missing. Returns why a partner
 * has none, by its code: that stops nobody else.
 * @throws `KeyFileError` where the hub has none
 */
export async function ensureEmbeddedKeys(
  dataDir: string,
  partners: readonly Pick<Partner, 'code'>[],
): Promise<ReadonlyMap<string, string>> {
  const faults = new Map<string, string>();
  await ensureKeyFiles(keyFolder(dataDir), hubIssuer);
  for (const { code } of partners) {
    try {
      await ensureKeyFiles(keyFolder(dataDir), code);
    } catch (error) {
      faults.set(code, (error as Error).message);
    }
  }
  return faults;
}

/** As {@link readSigningKey}, and makes the keys where neither half is there. */
export async function ensureSigningKey(dataDir: string, organisation: string): Promise<JWK> {
  await ensureKeyFiles(keyFolder(dataDir), organisation);
  return readSigningKey(dataDir, organisation);
}

/** The key with which an organisation of the embedded start signs. */
export async function readSigningKey(dataDir: string, organisation: string): Promise<JWK> {
  const { keys } = await readKeyFile(keyFilesOf(keyFolder(dataDir), organisation).private);
  const key = keys.find(({ use }) => use === 'sig');
  if (!key) throw new Error(`${organisation} has no key to sign with.`);
  return key;
}

/** The hub’s own private keys; the public ones beside them are compared with them. */
export function createHubKeys(file: string): KeyFiles {
  return createOwnKeys({ code: hubIssuer, privateKeys: file });
}

/** The registered public keys of a network’s partners. */
export function createNetworkKeys(dataDir: string, { partners }: Network): KeyFiles {
  return createKeyStore({
    files: new Map(partners.map(({ code, publicKeys }) => [code, resolve(dataDir, publicKeys)])),
  });
}

/** The OpenID Connect providers of the partners that have one. */
export function createNetworkProviders({ partners }: Network): Providers {
  return createProviders({
    issuers: new Map(partners.flatMap(({ code, issuer }) => (issuer ? [[code, issuer]] : []))),
  });
}
