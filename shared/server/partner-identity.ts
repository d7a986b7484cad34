import { createKeyStore, hubIssuer, keyFilesOf, type JWK } from '../identity/index.js';
import { connectHub, type AskHub } from './ask-hub.js';
import { createHubAuthentication, type AuthenticateRequest } from './authenticate-hub.js';

/** Where a partner’s keys lie, and where its hub answers. */
export interface IdentityOptions {
  readonly partner: string;
  /** The file of the partner’s own private keys. */
  readonly privateKeys: string;
  /** The file of the hub’s public keys. */
  readonly hubKeys: string;
  readonly hubUrl: string;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

/** How a partner knows the hub, and the hub the partner. */
export interface PartnerIdentity extends AsyncDisposable {
  readonly authenticate: AuthenticateRequest;
  readonly askHub: AskHub;
}

/** The files of keys in the folder of an embedded start. */
export function identityIn(
  keyFolder: string,
  partner: string,
): Pick<IdentityOptions, 'privateKeys' | 'hubKeys'> {
  return {
    privateKeys: keyFilesOf(keyFolder, partner).private,
    hubKeys: keyFilesOf(keyFolder, hubIssuer).public,
  };
}

/** Makes a partner’s side of the trust between it and the hub. Key files are read when they are needed, and again when they change. */
export function createPartnerIdentity({
  partner,
  privateKeys,
  hubKeys: hubKeyFile,
  hubUrl,
  clock,
}: IdentityOptions): PartnerIdentity {
  const ownKeys = createKeyStore({ files: new Map([[partner, privateKeys]]), clock });
  const hubKeys = createKeyStore({ files: new Map([[hubIssuer, hubKeyFile]]), clock });
  const signingKey = async (): Promise<JWK> => {
    const [key] = await ownKeys.signingKeysOf(partner);
    if (!key) throw new Error(`${partner} has no key to sign with.`);
    return key;
  };
  const connection = connectHub({ hubUrl, partner, signingKey, clock });
  return {
    authenticate: createHubAuthentication({ partner, ownKeys, hubKeys, clock }),
    askHub: connection.askHub,
    [Symbol.asyncDispose]: () => connection.close(),
  };
}
