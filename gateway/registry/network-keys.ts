import {
  createKeyStore,
  createOwnKeys,
  ensureKeyFiles,
  hubIssuer,
  type KeyFiles,
  keyFilesOf,
  readKeyFile,
  type tokens,
} from '@hub/shared/identity';
import { describeKeys } from '@hub/shared/partner';
import { describeFileError } from '@hub/shared/system';
import type { JWK } from 'jose';
import { join, resolve } from 'node:path';
import type { KeysChangedAt } from './hub-subgraph.js';
import type { Network, Partner } from './network.js';
import { createProviders } from './providers/provider.js';

const keyFolder = (dataDir: string): string => join(dataDir, 'keys');

/**
 * Creates the missing keys of the embedded start: the hub’s and its partners’. Returns why a
 * partner has none, by its code. That does not stop the others.
 * @throws `KeyFileError` if the hub has none
 */
export async function ensureEmbeddedKeys(
  dataDir: string,
  partners: readonly Pick<Partner, 'code'>[],
): Promise<ReadonlyMap<string, string>> {
  const errors = new Map<string, string>();
  await ensureKeyFiles(keyFolder(dataDir), hubIssuer);
  for (const { code } of partners) {
    try {
      await ensureKeyFiles(keyFolder(dataDir), code);
    } catch (error) {
      errors.set(code, describeFileError(error, dataDir) ?? (error as Error).message);
    }
  }
  return errors;
}

/** Like {@link readSigningKey}, but creates the keys if both halves are missing. */
export async function ensureSigningKey(dataDir: string, organisation: string): Promise<JWK> {
  await ensureKeyFiles(keyFolder(dataDir), organisation);
  return readSigningKey(dataDir, organisation);
}

/** The signing key of an organisation of the embedded start. */
export async function readSigningKey(dataDir: string, organisation: string): Promise<JWK> {
  const { keys } = await readKeyFile(keyFilesOf(keyFolder(dataDir), organisation).private);
  const key = keys.find(({ use }) => use === 'sig');
  if (!key) throw new Error(`${organisation} has no signing key.`);
  return key;
}

/** The hub’s own private keys. They are compared with the public ones beside them. */
export function createHubKeys(file: string): KeyFiles {
  return createOwnKeys({ code: hubIssuer, privateKeys: file });
}

/** The full path of a partner’s public keys. */
export const publicKeysOf = (dataDir: string, { publicKeys }: Partner): string =>
  resolve(dataDir, publicKeys);

/** The registered public keys of a network’s partners. */
export function createNetworkKeys(dataDir: string, { partners }: Network): KeyFiles {
  return createKeyStore({
    files: new Map(partners.map((partner) => [partner.code, publicKeysOf(dataDir, partner)])),
  });
}

/** What is wrong with the keys that the hub needs. Each reason begins with a code. */
export interface KeyErrors {
  /** Why the hub cannot sign for a partner. */
  findError(partner: string): Promise<string | undefined>;
  /** Why the hub is not ready: its own keys, or the keys of all partners, cannot be used. */
  findReason(): Promise<string | undefined>;
  /** Which partners’ keys cannot be used. The others are served. */
  findWarning(): Promise<string | undefined>;
}

/** Checks the hub’s own keys and the registered keys of its partners. */
export function createKeyErrors(
  { partners }: Network,
  { ownKeys, partnerKeys }: { readonly ownKeys: KeyFiles; readonly partnerKeys: KeyFiles },
): KeyErrors {
  const findOwn = async () => describeKeys('OWN', await ownKeys.problemOf(hubIssuer));
  const findOf = async ({ code, publicKeys }: Partner) =>
    describeKeys(
      'PARTNER',
      await partnerKeys.problemOf(code),
      `the public keys of ${code} (${publicKeys})`,
    );
  const findAll = async () => (await Promise.all(partners.map(findOf))).filter(isText);
  return {
    async findError(partner) {
      const found = partners.find(({ code }) => code === partner);
      return (await findOwn()) ?? (found && findOf(found));
    },
    async findReason() {
      const own = await findOwn();
      if (own) return own;
      const problems = await findAll();
      return problems.length === partners.length ? problems.join(' ') : undefined;
    },
    findWarning: async () => (await findAll()).join(' ') || undefined,
  };
}

const isText = (text: string | undefined): text is string => text !== undefined;

/** When the keys of the hub and of its partners were last changed, by the dates of their files. */
export const createKeyDates =
  (ownKeys: KeyFiles, partnerKeys: KeyFiles): KeysChangedAt =>
  (organisation) =>
    (organisation === hubIssuer ? ownKeys : partnerKeys).changedAt(organisation);

/** The OpenID Connect providers of the partners that have one. */
export function createNetworkProviders({ partners }: Network): tokens.Providers {
  return createProviders({
    issuers: new Map(partners.flatMap(({ code, issuer }) => (issuer ? [[code, issuer]] : []))),
  });
}
