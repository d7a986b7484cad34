import { assembleHub, createHub, type CreateEngine, type Hub } from '@hub/gateway';
import type { LoadLimits } from '@hub/shared/graphql';
import { createKeyStore, hubIssuer, keyFilesOf, readKeyFile, tokens } from '@hub/shared/identity';
import { silentLogger, type Environment, type Logger } from '@hub/shared/system';
import { join } from 'node:path';
import { readConfig } from '../../../gateway/config.js';
import { defaultPlanningLimits } from '../../../gateway/engine/planning/planning-limits.js';
import type { LastGoodStore } from '../../../gateway/fan-out/partners/last-good/last-good-store.js';
import type { PluginWorker } from '../../../gateway/hub-plugin.js';
import { keepEvidence } from '../../../gateway/plugins/evidence/keep-evidence.js';
import { plugins } from '../../../gateway/plugins/list.js';
import { openPlugins } from '../../../gateway/plugins/open-plugins.js';
import { obeySharedState } from '../../../gateway/plugins/shared-state/plugin.js';
import type { SharedState } from '../../../gateway/plugins/shared-state/shared-state.js';
import { createSoleWorker } from '../../../gateway/plugins/sole-worker.js';
import type { UsageCounter } from '../../../gateway/plugins/usage/count-usage.js';
import { countUsage } from '../../../gateway/plugins/usage/open-usage.js';
import {
  noOtherWorkers,
  type OtherWorkers,
} from '../../../gateway/process/workers/other-workers.js';
import { composeContracts } from '../../../gateway/registry/compose-contracts.js';
import { readContracts, type Contract } from '../../../gateway/registry/contracts.js';
import { createKeyDates, createNetworkProviders } from '../../../gateway/registry/network-keys.js';
import type { Network } from '../../../gateway/registry/network.js';
import type { EvidenceStore } from '../../../gateway/registry/records/evidence-store.js';
import {
  createAuthenticate,
  openRevocations,
  revocationsFile,
} from '../../../gateway/server/security/authenticate.js';
import type { Rate } from '../../../gateway/server/security/rate-limit.js';
import { createSessions } from '../../../gateway/server/security/sessions.js';
import { createRequestSigner } from '../../../gateway/server/security/sign-request.js';

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
  readonly role: tokens.SignTokenOptions['role'];
  /** The own record of a participant. */
  readonly person?: string;
  /** What its client calls its program. */
  readonly clientName?: string;
  /** The purpose of its token. */
  readonly purpose?: string;
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
  /** What its plugins see. */
  readonly worker: Pick<PluginWorker, 'config' | 'counts'>;
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
  /** The names of the plugins that it opens. @default `notices` */
  readonly plugins?: readonly string[];
  /** The variables of its plugins. */
  readonly environment?: Environment;
  /** The folder of its data. @default that of the keys */
  readonly dataDir?: string;
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

/** A thread of the planner’s own takes longer to start than most tests. */
const inPlace = { ...defaultPlanningLimits, fieldsInPlace: Number.MAX_SAFE_INTEGER };

/** A hub before the partners of a network. */
export async function openHub(
  network: Network,
  keys: string,
  {
    defaultAsker,
    logger = silentLogger,
    others = noOtherWorkers,
    sharedState,
    introspection = true,
    plugins: wanted = ['notices'],
    environment,
    dataDir = keys,
    lastGood,
    lastGoodFor,
    usage,
    evidence,
    contracts = readContracts(network),
    createEngine,
    load,
    rate,
  }: OtherHubOptions & {
    readonly load?: LoadLimits;
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
  // Without the partners’ addresses, it is the same for all hubs of a process, and composed once.
  const supergraphSdl = composeContracts(contracts, []);
  const source = { network, contracts, lastGoodFor, supergraphSdl };
  const privateKeys = keyFilesOf(keys, hubIssuer).private;
  const set = { HUB_DATA_DIR: dataDir, HUB_PRIVATE_KEYS: privateKeys, ...environment };
  const config = { ...readConfig(set, []), network, introspection };
  const worker = { ...createSoleWorker(config, logger), others };
  const chosen = plugins.filter(({ name }) => wanted.includes(name));
  const opened = await openPlugins(chosen, worker);
  const revocations = await openRevocations({
    path: join(dataDir, revocationsFile),
    others,
    logger,
    async onRevoked(person) {
      for (const { forget } of opened.opened) await forget?.(person);
    },
  });
  const authenticate = createAuthenticate({
    keys: partnerKeys,
    providers: createNetworkProviders(network),
    isRevoked: revocations.isRevoked,
  });
  const options = {
    revokeAccess: revocations.revoke,
    planning: inPlace,
    logger,
    plugins: [
      ...opened.opened,
      ...(usage ? [countUsage(usage, { ...worker, applications: [] })] : []),
      ...(evidence ? [keepEvidence(evidence, logger)] : []),
      ...(sharedState ? [obeySharedState(sharedState)] : []),
    ],
    others,
    introspection,
    lastGood,
    load,
    rate,
    keysChangedAt: createKeyDates(ownKeys, partnerKeys),
    authenticate,
    sessions: createSessions({ ownKeys, authenticate, revocations }),
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
    worker,
    async [Symbol.asyncDispose]() {
      await hub.close();
      revocations[Symbol.dispose]();
      await opened[Symbol.asyncDispose]();
    },
  };
}

/** A token of an organisation of this folder of keys. */
export async function createToken(
  keys: string,
  { organisation, role, person, purpose }: Asker,
): Promise<string> {
  const { keys: own } = await readKeyFile(keyFilesOf(keys, organisation).private);
  const key = own.find(({ use }) => use === 'sig');
  if (!key) throw new Error(`${organisation} has no key.`);
  const subject = `${organisation}-${role}`;
  return tokens.signToken({
    key,
    organisation,
    role,
    subject,
    person,
    purpose,
    // Long tests page for minutes.
    ttl: 3_600,
  });
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
