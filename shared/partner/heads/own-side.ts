import type { JWK } from 'jose';
import { Agent } from 'undici';
import { hubIssuer } from '../../identity/assertion.js';
import { createKeyStore } from '../../identity/keys/key-store.js';
import { createOwnKeys } from '../../identity/keys/own-keys.js';
import type { HubHeads } from '../../records/witness/witness.js';
import { openTls } from '../../server/tls/open-tls.js';
import { silentLogger } from '../../system/logger.js';
import { filesForCalls, type TlsSettings } from '../../system/settings/certificate-files.js';
import { connectHubHeads } from './hub-heads.js';

/** With what a partner signs its head, and where it hands it in. */
export interface OwnSide {
  readonly signingKey: () => Promise<JWK>;
  readonly hub: HubHeads;
}

export interface OwnSideOptions {
  readonly partner: string;
  /** The file of the partner’s own private keys. */
  readonly privateKeys: string;
  /** The file of the hub’s public keys. */
  readonly hubKeys: string;
  readonly hubUrl: string;
  /** The files of its certificates. @default the hub is called as Node does */
  readonly certificateFiles?: TlsSettings | undefined;
}

const connectTimeoutMs = 10_000;

/** A partner’s side for a command, from its key files. */
export function openOwnSide({
  partner,
  privateKeys,
  hubKeys,
  hubUrl,
  certificateFiles = {},
}: OwnSideOptions): OwnSide {
  const { connect } = openTls(filesForCalls(certificateFiles), silentLogger);
  const dispatcher = new Agent({ connect: connect(connectTimeoutMs) });
  const ownKeys = createOwnKeys({ code: partner, privateKeys });
  const hubSide = createKeyStore({ files: new Map([[hubIssuer, hubKeys]]) });
  return {
    async signingKey() {
      const [key] = await ownKeys.signingKeysOf(partner);
      if (!key) throw new Error(`${partner} has no signing key.`);
      return key;
    },
    hub: connectHubHeads({ hubUrl, dispatcher, partner, ownKeys, hubKeys: hubSide }),
  };
}
