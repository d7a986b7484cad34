import { connectHub, type AskHub } from '../context/index.js';
import type { ReadyChecks } from '../http/index.js';
import {
  clockToleranceSeconds,
  createKeyStore,
  createOwnKeys,
  hubIssuer,
  keyFilesOf,
  type JWK,
  type KeyFault,
} from '../identity/index.js';
import { silentLogger, type Logger } from '../telemetry/index.js';
import { createHubAuthentication, type AuthenticateRequest } from './authenticate-hub.js';
import { watchRefusals } from './watch-refusals.js';

/** Where a partner’s keys lie, and where its hub answers. */
export interface IdentityOptions {
  readonly partner: string;
  /** The file of the partner’s own private keys. The public ones beside it are compared with them. */
  readonly privateKeys: string;
  /** The file of the hub’s public keys. */
  readonly hubKeys: string;
  readonly hubUrl: string;
  /** Takes why requests are refused. @default silence */
  readonly logger?: Logger;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

/** How a partner knows the hub, and the hub the partner. */
export interface PartnerIdentity extends AsyncDisposable {
  readonly authenticate: AuthenticateRequest;
  readonly askHub: AskHub;
  /** Whether the keys are there, and the hub’s requests pass. What is wrong with keys is logged once. */
  readonly readyChecks: ReadyChecks;
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
  logger = silentLogger,
  clock = () => new Date(),
}: IdentityOptions): PartnerIdentity {
  const ownKeys = createOwnKeys({ code: partner, privateKeys, clock });
  const hubKeys = createKeyStore({ files: new Map([[hubIssuer, hubKeyFile]]), clock });
  const signingKey = async (): Promise<JWK> => {
    const [key] = await ownKeys.signingKeysOf(partner);
    if (!key) throw new Error(`${partner} has no key to sign with.`);
    return key;
  };
  /** How far the hub’s clock is ahead, where it is by more than may be. What is sent to it is dated by its own clock. */
  let hubAheadMs = 0;
  const hubClock = () => new Date(clock().getTime() + hubAheadMs);
  const connection = connectHub({ hubUrl, partner, signingKey, clock: hubClock });
  const watch = watchRefusals(logger);
  const verify = createHubAuthentication({ partner, ownKeys, hubKeys, watch, clock });
  let told: string | undefined;
  const findKeyFault = async (): Promise<string | undefined> => {
    const [own, hub] = await Promise.all([ownKeys.faultOf(partner), hubKeys.faultOf(hubIssuer)]);
    const reason = describeKeys('OWN', own) ?? describeKeys('HUB', hub);
    if (reason && reason !== told) logger.error({ reason }, 'keys cannot be used');
    told = reason;
    return reason;
  };
  return {
    async authenticate(request) {
      const authenticated = await verify(request);
      const now = clock().getTime();
      const aheadMs = (authenticated.sentAt?.getTime() ?? now) - now;
      hubAheadMs = Math.abs(aheadMs) > clockToleranceSeconds * 1_000 ? aheadMs : 0;
      watch.compared(aheadMs / 1_000);
      return authenticated;
    },
    askHub: connection.askHub,
    readyChecks: {
      keys: findKeyFault,
      hub: watch.findFault,
    },
    [Symbol.asyncDispose]: () => connection.close(),
  };
}

const keyOwners = {
  OWN: 'this server’s own keys',
  HUB: 'the hub’s public keys',
  PARTNER: 'a partner’s public keys',
} as const;

/**
 * A reason for `/health/ready`, which begins with a code.
 * @param words which keys they are, where that is not plain
 */
export function describeKeys(
  whose: keyof typeof keyOwners,
  fault: KeyFault | undefined,
  words: string = keyOwners[whose],
): string | undefined {
  return fault && `${whose}_KEYS_${fault}: ${words} ${keyFaults[fault]}.`;
}

const keyFaults: Readonly<Record<KeyFault, string>> = {
  MISSING: 'are not where they should be',
  UNREADABLE: 'cannot be read',
  FOREIGN: 'do not belong to the public ones beside them',
  INCOMPLETE: 'lack one to sign with, or one to agree on others',
};
