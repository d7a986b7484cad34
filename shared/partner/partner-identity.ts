import type { JWK } from 'jose';
import { hubIssuer } from '../identity/assertion.js';
import { keyFilesOf } from '../identity/keys/key-file.js';
import { createKeyStore, type KeyProblem } from '../identity/keys/key-store.js';
import { logKeyProblems } from '../identity/keys/log-key-problems.js';
import { createOwnKeys } from '../identity/keys/own-keys.js';
import { type AskHub, connectHub } from '../policy/context/ask-hub.js';
import type { HubHeads } from '../records/witness/witness.js';
import type { ReadyChecks } from '../server/http/health.js';
import type { OpenConnect } from '../server/tls/open-tls.js';
import { type Logger, silentLogger } from '../system/logger.js';
import { connectHubHeads } from './heads/hub-heads.js';
import { createTellHub, type TellHub } from './notices/notice.js';
import type { Publisher } from './publication/publication.js';
import { refreshHub } from './publication/refresh-hub.js';
import {
  type AuthenticateRequest,
  createHubAuthentication,
  watchRefusals,
} from './requests/authenticate-hub.js';

/** A partner’s keys, and its hub’s URL. */
export interface IdentityOptions {
  readonly partner: string;
  /**
   * The file of the partner’s own private keys. They are compared with the public keys beside it.
   */
  readonly privateKeys: string;
  /** The file of the hub’s public keys. */
  readonly hubKeys: string;
  readonly hubUrl: string;
  /** Logs why requests are refused. @default nothing is logged */
  readonly logger?: Logger;
  /** Opens the connections to the hub. @default as Node does */
  readonly connect?: OpenConnect | undefined;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

/** How the partner and the hub identify each other. */
export interface PartnerIdentity extends AsyncDisposable {
  readonly authenticate: AuthenticateRequest;
  readonly askHub: AskHub;
  /** Signs the manifest, and notifies the hub of a new one. */
  readonly publisher: Publisher;
  /** Hands in the end of the record. */
  readonly hubHeads: HubHeads;
  /** Notifies the hub of changes. */
  readonly tellHub: TellHub;
  /** The hub’s public keys. */
  readonly readHubKeys: () => Promise<readonly JWK[]>;
  /**
   * Whether the keys exist, and the hub’s requests are accepted. Errors of keys are logged once.
   */
  readonly readyChecks: ReadyChecks;
}

/** The key files in the folder of an embedded start. */
export function identityIn(
  keyFolder: string,
  partner: string,
): Pick<IdentityOptions, 'privateKeys' | 'hubKeys'> {
  return {
    privateKeys: keyFilesOf(keyFolder, partner).private,
    hubKeys: keyFilesOf(keyFolder, hubIssuer).public,
  };
}

/**
 * Makes a partner’s side of the trust between it and the hub. Key files are read when needed, and
 * again when they change.
 */
export function createPartnerIdentity({
  partner,
  privateKeys,
  hubKeys: hubKeyFile,
  hubUrl,
  logger = silentLogger,
  connect,
  clock = () => new Date(),
}: IdentityOptions): PartnerIdentity {
  const ownKeys = createOwnKeys({ code: partner, privateKeys, clock });
  const hubKeys = createKeyStore({ files: new Map([[hubIssuer, hubKeyFile]]), clock });
  const signingKey = async (): Promise<JWK> => {
    const [key] = await ownKeys.signingKeysOf(partner);
    if (!key) throw new Error(`${partner} has no signing key.`);
    return key;
  };
  /**
   * How far the hub’s clock is ahead, if that exceeds the tolerance. Requests to the hub are then
   * dated by its clock.
   */
  let hubAheadMs = 0;
  const hubClock = () => new Date(clock().getTime() + hubAheadMs);
  const connection = connectHub({ hubUrl, partner, signingKey, connect, clock: hubClock });
  const { dispatcher } = connection;
  const watch = watchRefusals(logger);
  const verify = createHubAuthentication({ partner, ownKeys, hubKeys, watch, clock });
  const findKeyProblem = async (): Promise<string | undefined> => {
    const [own, hub] = await Promise.all([
      ownKeys.problemOf(partner),
      hubKeys.problemOf(hubIssuer),
    ]);
    return describeKeys('OWN', own) ?? describeKeys('HUB', hub);
  };
  const signing = { hubUrl, partner, ownKeys, hubKeys, clock: hubClock };
  return {
    async authenticate(request) {
      const authenticated = await verify(request);
      const now = clock().getTime();
      const aheadMs = (authenticated.sentAt?.getTime() ?? now) - now;
      hubAheadMs = watch.compared(aheadMs / 1_000) ? aheadMs : 0;
      return authenticated;
    },
    askHub: connection.askHub,
    publisher: {
      signingKey,
      refreshHub: () => refreshHub({ ...signing, dispatcher, logger }),
    },
    hubHeads: connectHubHeads({ ...signing, dispatcher }),
    tellHub: createTellHub({ ...signing, dispatcher }),
    readHubKeys: async () => [
      ...(await hubKeys.signingKeysOf(hubIssuer)),
      ...(await hubKeys.agreementKeysOf(hubIssuer)),
    ],
    readyChecks: {
      keys: logKeyProblems(findKeyProblem, { files: [privateKeys, hubKeyFile], logger }),
      hub: watch.findProblem,
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
 * @param words which keys they are, if that is not clear
 */
export function describeKeys(
  whose: keyof typeof keyOwners,
  problem: KeyProblem | undefined,
  words: string = keyOwners[whose],
): string | undefined {
  return problem && `${whose}_KEYS_${problem}: ${words} ${keyProblems[problem]}.`;
}

const keyProblems: Readonly<Record<KeyProblem, string>> = {
  MISSING: 'are missing',
  UNREADABLE: 'cannot be read',
  FOREIGN: 'do not match the public ones beside them',
  INCOMPLETE: 'lack a signing key or an agreement key',
};
