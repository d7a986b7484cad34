import {
  createKeyStore,
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
import type { Network } from './network.js';

const keyFolder = (dataDir: string): string => join(dataDir, 'keys');

/** Makes the keys of the embedded start, the hub’s and every partner’s, where they are missing. */
export async function ensureEmbeddedKeys(dataDir: string, { partners }: Network): Promise<void> {
  for (const code of [hubIssuer, ...partners.map((partner) => partner.code)]) {
    await ensureKeyFiles(keyFolder(dataDir), code);
  }
}

/** The key with which an organisation of the embedded start signs. */
export async function readSigningKey(dataDir: string, organisation: string): Promise<JWK> {
  const { keys } = await readKeyFile(keyFilesOf(keyFolder(dataDir), organisation).private);
  const key = keys.find(({ use }) => use === 'sig');
  if (!key) throw new Error(`${organisation} has no key to sign with.`);
  return key;
}

/** The hub’s own private keys. */
export function createHubKeys(file: string): KeyFiles {
  return createKeyStore({ files: new Map([[hubIssuer, file]]) });
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
