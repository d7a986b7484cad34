import { assembleHub, createHub, type CreateEngine, type Hub } from '@hub/gateway';
import { definition as nationalPolice } from '@hub/national-police';
import { definition as nbnp } from '@hub/nbnp';
import { definition as ncmOffices } from '@hub/ncm-offices';
import {
  createKeyStore,
  ensureKeyFiles,
  hubIssuer,
  keyFilesOf,
  readKeyFile,
  signToken,
  type Role,
} from '@hub/shared/identity';
import type { Limits, LoadLimits } from '@hub/shared/limits';
import {
  createPartnerIdentity,
  identityIn,
  openPartner,
  type PartnerContent,
  type PartnerDefinition,
  type PartnerIdentity,
  type PartnerServer,
} from '@hub/shared/partner';
import { silentLogger, type Logger } from '@hub/shared/telemetry';
import { createDisposableStack, openPolicies } from '@hub/shared/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readExportContent } from '../../../gateway/exports/documents.js';
import { createExports } from '../../../gateway/exports/exports.js';
import { createHubServer } from '../../../gateway/http/server.js';
import { readContracts } from '../../../gateway/registry/contracts.js';
import { readNetwork, type Network } from '../../../gateway/registry/network.js';
import { createAuthenticate } from '../../../gateway/security/authenticate.js';
import type { Rate } from '../../../gateway/security/rate-limit.js';
import { createRequestSigner } from '../../../gateway/security/sign-request.js';
import type { OtherWorkers } from '../../../gateway/workers/other-workers.js';
import { findFreePorts } from './own-network.js';
import { cloneFolder } from './running-command.js';

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
      readonly partners: Readonly<Record<string, { readonly status: string }>>;
    };
  };
}

/** Who asks; nobody in particular where it is left out. */
export interface Asker {
  readonly organisation: string;
  readonly role: Role;
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

/** The ten partners on ports of their own, their databases in a folder that goes with them, and a hub before them. */
export interface OpenNetwork extends OpenHub {
  readonly codes: readonly string[];
  /** Where the hub answers over HTTP. */
  readonly hubUrl: string;
  /** The folder of everybody’s keys. */
  readonly keys: string;
  /** The partner’s server, while it runs. */
  serverOf(code: string): PartnerServer;
  /** Where the partner answers, or did. */
  urlOf(code: string): string;
  stop(code: string): Promise<void>;
  /** Opens a stopped partner again: its own database, its own port. */
  start(code: string): Promise<void>;
  /** Another hub, for which these partners’ ports are closed. */
  openHubWithout(away: readonly string[], options?: OtherHubOptions): Promise<OpenHub>;
}

const definitions: Readonly<Record<string, PartnerDefinition>> = {
  'national-police': nationalPolice,
  nbnp,
  'ncm-offices': ncmOffices,
};

interface OtherHubOptions {
  /** @default the hub’s own */
  readonly createEngine?: CreateEngine;
  /** The other workers, if it is to be one of several. */
  readonly others?: OtherWorkers;
}

export interface OpenNetworkOptions {
  /** The other workers, if the hub is to be one of several. */
  readonly others?: OtherWorkers;
  /** Keeps the partners’ own policies. @default everybody may read everything */
  readonly isGuarded?: boolean;
  /** Of the hub and the partners. @default silence */
  readonly logger?: Logger;
  /** How long the hub waits for a partner. @default as `network.json` says */
  readonly deadlineMs?: number;
  /** What the partners take of the hub. @default `partnerLimits` */
  readonly limits?: Limits;
  /** How much the hub executes at a time. @default any number of operations */
  readonly load?: LoadLimits;
  /** How often one caller may ask the hub. @default any number of times */
  readonly rate?: Rate;
}

export async function openNetwork(
  content: PartnerContent,
  {
    isGuarded = false,
    logger = silentLogger,
    deadlineMs,
    limits,
    ...hubOptions
  }: OpenNetworkOptions = {},
): Promise<OpenNetwork> {
  // Where nobody is guarded against, the network’s own co-ordinator asks: nothing is left out for it either.
  const defaultAsker: Asker | undefined = isGuarded
    ? undefined
    : { organisation: 'nbnp', role: 'coordinator' };
  const stack = createDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-network-'));
  stack.use({
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  });
  const { partners } = readNetwork(join(cloneFolder, 'gateway', 'network.json'));
  const subgraphOf = new Map(partners.map(({ code, subgraph }) => [code, subgraph]));
  const keys = join(folder, 'keys');
  for (const code of [hubIssuer, ...subgraphOf.keys()]) await ensureKeyFiles(keys, code);
  const hubPort = await findClosedPort();
  const hubUrl = `http://127.0.0.1:${hubPort}/graphql`;
  const identities = new Map<string, PartnerIdentity>();
  const servers = new Map<string, PartnerServer>();
  const urls = new Map<string, string>();
  // What it remembers of requests goes with a server, as it does with a process.
  const stop = async (code: string) => {
    await servers.get(code)?.close();
    servers.delete(code);
    await identities.get(code)?.[Symbol.asyncDispose]();
    identities.delete(code);
  };
  stack.use({
    async [Symbol.asyncDispose]() {
      await Promise.all([...identities.keys()].map(stop));
    },
  });
  const start = async (code: string) => {
    const original = definitions[subgraphOf.get(code) ?? ''];
    if (!original) throw new Error(`Nobody can run ${code}.`);
    const definition = isGuarded ? original : opened(original);
    const identity = createPartnerIdentity({ partner: code, ...identityIn(keys, code), hubUrl });
    identities.set(code, identity);
    const { authenticate, askHub } = identity;
    const databaseUrl = `sqlite:${join(folder, `${code}.sqlite`)}`;
    const options = {
      partner: code,
      databaseUrl,
      content,
      logger,
      authenticate,
      askHub,
      limits,
    };
    const server = await openPartner(definition, options);
    servers.set(code, server);
    urls.set(code, await server.listen(Number(new URL(urls.get(code) ?? 'http://x:0').port)));
  };
  try {
    await Promise.all(partners.map(({ code }) => start(code)));
    const network = (urlOf: (code: string) => string): Network => ({
      port: 0,
      partners: partners.map((partner) => ({
        ...partner,
        url: urlOf(partner.code),
        deadlineMs: deadlineMs ?? partner.deadlineMs,
      })),
    });
    const urlOf = (code: string) => urls.get(code) ?? '';
    const hub = stack.use(
      await openHub(network(urlOf), keys, { defaultAsker, logger, ...hubOptions }),
    );
    // The partners ask this one what their policies need to know of each other.
    const content = readExportContent(join(cloneFolder, 'gateway', 'exports', 'documents'));
    const exports = createExports({ hub: hub.hub, logger, content });
    const server = stack.use(await createHubServer({ hub: hub.hub, logger, exports }));
    await server.listen(hubPort);
    return {
      hub: hub.hub,
      ask: hub.ask,
      codes: partners.map(({ code }) => code),
      hubUrl,
      keys,
      serverOf(code) {
        const server = servers.get(code);
        if (!server) throw new Error(`${code} does not run.`);
        return server;
      },
      urlOf,
      start,
      stop,
      async openHubWithout(away, options) {
        const closed = await findClosedPort();
        return openHub(
          network((code) => (away.includes(code) ? `http://127.0.0.1:${closed}/` : urlOf(code))),
          keys,
          { defaultAsker, ...options },
        );
      },
      [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
    };
  } catch (error) {
    await stack[Symbol.asyncDispose]();
    throw error;
  }
}

const opened = (definition: PartnerDefinition): PartnerDefinition => ({
  ...definition,
  createSubgraph: () => definition.createSubgraph(openPolicies),
});

async function openHub(
  network: Network,
  keys: string,
  {
    defaultAsker,
    logger = silentLogger,
    others,
    createEngine,
    load,
    rate,
  }: OtherHubOptions &
    Pick<OpenNetworkOptions, 'load' | 'rate'> & {
      readonly defaultAsker?: Asker;
      readonly logger?: Logger;
    },
): Promise<OpenHub> {
  const contracts = readContracts(network);
  const publicKeys = (codes: readonly string[]) =>
    createKeyStore({ files: new Map(codes.map((code) => [code, keyFilesOf(keys, code).public])) });
  const partnerKeys = publicKeys(network.partners.map(({ code }) => code));
  const ownKeys = createKeyStore({
    files: new Map([[hubIssuer, keyFilesOf(keys, hubIssuer).private]]),
  });
  const source = { network, contracts };
  const options = {
    logger,
    others,
    load,
    rate,
    authenticate: createAuthenticate({ keys: partnerKeys }),
    sign: createRequestSigner({ ownKeys, partnerKeys }),
  };
  const hub = await (createEngine
    ? assembleHub(source, options, createEngine)
    : createHub(source, options));
  return {
    hub,
    async ask(query, variables, asker = defaultAsker) {
      const authorization = asker && `Bearer ${await createToken(keys, asker)}`;
      return ask(hub, query, variables, authorization);
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
): Promise<Answer> {
  const { signal } = new AbortController();
  const contextValue = await hub.createContext({ requestId: 'test', signal, authorization });
  const { body } = await hub.pipeline.run({ query, variables }, contextValue);
  if (body.kind !== 'single') throw new Error('An answer in parts.');
  return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
}

/** A port at which nobody listens, nor will soon: what others take by port 0 is not from there. */
export async function findClosedPort(): Promise<number> {
  const [port = 1] = await findFreePorts(1);
  return port;
}
