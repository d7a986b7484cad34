import { assembleHub, createHub, type CreateEngine, type Hub } from '@hub/gateway';
import {
  createKeyStore,
  hubIssuer,
  keyFilesOf,
  readKeyFile,
  signToken,
  type Role,
} from '@hub/shared/identity';
import type { LoadLimits } from '@hub/shared/limits';
import { silentLogger, type Logger } from '@hub/shared/telemetry';
import type { Tracing } from '@hub/shared/tracing';
import type { EvidenceStore } from '../../../gateway/evidence/evidence-store.js';
import type { HubMetrics } from '../../../gateway/metrics/hub-metrics.js';
import type { LastGoodStore } from '../../../gateway/partners/last-good/last-good-store.js';
import { composeContracts } from '../../../gateway/registry/compose-contracts.js';
import { readContracts, type Contract } from '../../../gateway/registry/contracts.js';
import { createKeyDates, createNetworkProviders } from '../../../gateway/registry/network-keys.js';
import type { Network } from '../../../gateway/registry/network.js';
import { createAuthenticate } from '../../../gateway/security/authenticate.js';
import { readCursorKey } from '../../../gateway/security/derived-keys.js';
import type { Rate } from '../../../gateway/security/rate-limit.js';
import { createRequestSigner } from '../../../gateway/security/sign-request.js';
import type { SharedState } from '../../../gateway/shared-state/shared-state.js';
import type { UsageCounter } from '../../../gateway/usage/count-usage.js';
import type { OtherWorkers } from '../../../gateway/workers/other-workers.js';

// oxlint-disable-next-line typescript/no-explicit-any -- an answer is of the shape that was asked
export type Tree = any;

export interface Answer {
  readonly data: Tree;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly partner?: string };
  }[];
  readonly extensions: {
    readonly completeness?: {
      readonly complete: boolean;
      readonly partners: Readonly<
        Record<string, { readonly status: string; readonly ageSeconds?: number }>
      >;
    };
  };
}

/** Who asks; nobody in particular where it is left out. */
export interface Asker {
  readonly organisation: string;
  readonly role: Role;
  /** What its client calls its program. */
  readonly clientName?: string;
}

export type Ask = (
  query: string,
  variables?: Record<string, unknown>,
  asker?: Asker,
) => Promise<Answer>;

/** A hub before the network’s partners. */
export interface OpenHub extends AsyncDisposable {
  readonly hub: Hub;
  readonly ask: Ask;
}

export interface OtherHubOptions {
  /** How long an operation may take. @default the hub’s own */
  readonly operationDeadlineMs?: number;
  /** @default the hub’s own */
  readonly createEngine?: CreateEngine;
  /** The other workers, if it is to be one of several. */
  readonly others?: OtherWorkers;
  /** How often one caller may ask. @default any number of times */
  readonly rate?: Rate;
  /** What it shares with other hubs. @default nothing */
  readonly sharedState?: SharedState;
  /** @default it is allowed */
  readonly introspection?: boolean;
  /** Whether the hub serves its subgraphs to other engines. @default false */
  readonly servesSubgraphs?: boolean;
  /** The last good facts of partners. @default none are kept */
  readonly lastGood?: LastGoodStore;
  /** For how many seconds partners allow them to be shown. */
  readonly lastGoodFor?: ReadonlyMap<string, number>;
  /** @default usage is not counted */
  readonly usage?: UsageCounter;
  /** Where operations are kept as evidence. @default nowhere */
  readonly evidence?: EvidenceStore;
  /** @default the contracts of this clone */
  readonly contracts?: readonly Contract[];
}

const supergraphs = new Map<string, string>();

/** Composes contracts once for all hubs of a process. Hubs take the routing URLs from their network alone. */
function composeOnce(contracts: readonly Contract[], { partners }: Network): string {
  const key = JSON.stringify(contracts);
  const supergraphSdl = supergraphs.get(key) ?? composeContracts(contracts, partners);
  supergraphs.set(key, supergraphSdl);
  return supergraphSdl;
}

/** A hub before the partners of a network. */
export async function openHub(
  network: Network,
  keys: string,
  {
    defaultAsker,
    logger = silentLogger,
    others,
    sharedState,
    introspection,
    servesSubgraphs,
    lastGood,
    lastGoodFor,
    usage,
    evidence,
    contracts = readContracts(network),
    createEngine,
    load,
    rate,
    metrics,
    tracing,
  }: OtherHubOptions & {
    readonly load?: LoadLimits;
    readonly metrics?: HubMetrics | undefined;
    readonly tracing?: Tracing | undefined;
    readonly defaultAsker?: Asker;
    readonly logger?: Logger;
  },
): Promise<OpenHub> {
  const publicKeys = (codes: readonly string[]) =>
    createKeyStore({ files: new Map(codes.map((code) => [code, keyFilesOf(keys, code).public])) });
  const partnerKeys = publicKeys(network.partners.map(({ code }) => code));
  const ownKeys = createKeyStore({
    files: new Map([[hubIssuer, keyFilesOf(keys, hubIssuer).private]]),
  });
  const supergraphSdl = composeOnce(contracts, network);
  const source = { network, contracts, lastGoodFor, supergraphSdl };
  const options = {
    logger,
    others,
    sharedState,
    changes: { cursorKey: await readCursorKey(ownKeys) },
    introspection,
    servesSubgraphs,
    lastGood,
    usage,
    evidence,
    load,
    rate,
    keysChangedAt: createKeyDates(ownKeys, partnerKeys),
    metrics,
    tracing,
    authenticate: createAuthenticate({
      keys: partnerKeys,
      providers: createNetworkProviders(network),
    }),
    sign: createRequestSigner({ ownKeys, partnerKeys }),
  };
  const hub = await (createEngine
    ? assembleHub(source, options, createEngine)
    : createHub(source, options));
  return {
    hub,
    async ask(query, variables, asker = defaultAsker) {
      const authorization = asker && `Bearer ${await createToken(keys, asker)}`;
      return ask(hub, query, variables, authorization, asker?.clientName);
    },
    [Symbol.asyncDispose]: () => hub.close(),
  };
}

/** A token of an organisation of this folder of keys. */
export async function createToken(keys: string, { organisation, role }: Asker): Promise<string> {
  const { keys: own } = await readKeyFile(keyFilesOf(keys, organisation).private);
  const key = own.find(({ use }) => use === 'sig');
  if (!key) throw new Error(`${organisation} has no key.`);
  const subject = `${organisation}-${role}`;
  return signToken({ key, organisation, role, subject, purpose: undefined, ttl: 60 });
}

async function ask(
  hub: Hub,
  query: string,
  variables?: Record<string, unknown>,
  authorization?: string,
  clientName?: string,
): Promise<Answer> {
  const { signal } = new AbortController();
  const request = { requestId: 'test', signal, authorization, clientName };
  const contextValue = await hub.createContext(request);
  const { body } = await hub.pipeline.run({ query, variables }, contextValue);
  if (body.kind !== 'single') throw new Error('An answer in parts.');
  return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
}
