import { definition as nationalPolice } from '@hub/national-police';
import { definition as nbnp } from '@hub/nbnp';
import { definition as ncmOffices } from '@hub/ncm-offices';
import type { Limits, LoadLimits } from '@hub/shared/graphql';
import { ensureKeyFiles, hubIssuer } from '@hub/shared/identity';
import { identityIn, type PartnerContent } from '@hub/shared/partner';
import { openTracing } from '@hub/shared/server';
import { silentLogger, type Logger } from '@hub/shared/system';
import {
  createDisposableStack,
  createFilledDatabase,
  inner,
  lateClock,
  openPolicies,
  sqlite,
} from '@hub/shared/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LastGoodStore } from '../../../gateway/fan-out/partners/last-good/last-good-store.js';
import type { SharedState } from '../../../gateway/plugins/shared-state/shared-state.js';
import type { UsageCounter } from '../../../gateway/plugins/usage/count-usage.js';
import type { OtherWorkers } from '../../../gateway/process/workers/other-workers.js';
import { readNetwork, type Network, type Partner } from '../../../gateway/registry/network.js';
import type { EvidenceStore } from '../../../gateway/registry/records/evidence-store.js';
import type { Rate } from '../../../gateway/server/security/rate-limit.js';
import { createHubServer } from '../../../gateway/server/server.js';
import { openHub, type Asker, type OpenHub, type OtherHubOptions } from './open-hub.js';
import { findFreePorts } from './own-network.js';
import { cloneFolder } from './running-command.js';

/** The ten partners on ports of their own, their databases in a folder that goes with them, and a hub before them. */
export interface OpenNetwork extends OpenHub {
  readonly codes: readonly string[];
  /** Where the hub answers over HTTP. */
  readonly hubUrl: string;
  /** The folder of everybody’s keys. */
  readonly keys: string;
  /** The partner’s server, while it runs. */
  serverOf(code: string): inner.PartnerServer;
  /** Where the partner answers, or did. */
  urlOf(code: string): string;
  stop(code: string): Promise<void>;
  /** Opens a stopped partner again: its own database, its own port. */
  /** @param machineClock what it is there for rules, tokens and signatures. @default as everywhere */
  start(code: string, machineClock?: () => Date): Promise<void>;
  /** Another hub, for which these partners’ ports are closed. */
  openHubWithout(away: readonly string[], options?: OtherHubOptions): Promise<OpenHub>;
}

const definitions: Readonly<Record<string, inner.PartnerDefinition>> = {
  'national-police': nationalPolice,
  nbnp,
  'ncm-offices': ncmOffices,
};

const patienceMs = 20_000;

/** The plugins of the hub that answers on a port. */
const served = [
  'tracing',
  'notices',
  'trusted-documents',
  'pages',
  'exports',
  'mail-links',
  'participants',
  'other-engines',
];

/** The origin of a dashboard that the hub allows. */
export const allowedOrigin = 'https://dashboard.example.test';

export interface OpenNetworkOptions {
  /** The other workers, if the hub is to be one of several. */
  readonly others?: OtherWorkers;
  /** What it shares with other hubs. @default nothing */
  readonly sharedState?: SharedState;
  /** Keeps the partners’ own policies. @default everybody may read everything */
  readonly isGuarded?: boolean;
  /** Of the hub and the partners. @default silence */
  readonly logger?: Logger;
  /** How long the hub waits for a partner. @default longer than on a busy test machine anything takes */
  readonly deadlineMs?: number;
  /** How long an operation may take. @default three times as long, as that of the hub */
  readonly operationDeadlineMs?: number;
  /** What the partners take of the hub. @default `partnerLimits` */
  readonly limits?: Limits;
  /** How much the hub executes at a time. @default any number of operations */
  readonly load?: LoadLimits;
  /** The OpenID Connect providers of partners, by code. @default nobody has one */
  readonly providers?: Readonly<Record<string, Pick<Partner, 'issuer' | 'pagesClientId'>>>;
  /** The last good facts of partners. @default none are kept */
  readonly lastGood?: LastGoodStore;
  /** For how many seconds partners allow them to be shown. */
  readonly lastGoodFor?: ReadonlyMap<string, number>;
  /** @default usage is not counted */
  readonly usage?: UsageCounter;
  /** Where operations are kept as evidence. @default nowhere */
  readonly evidence?: EvidenceStore;
  /** How often one caller may ask the hub. @default any number of times */
  readonly rate?: Rate;
  /** The key of engines that may ask the hub’s subgraphs. @default they are not served */
  readonly engineKey?: string;
  /** Measures the hub and the partners, and serves `/metrics` to this machine. @default false */
  readonly isMeasured?: boolean;
  /**
   * What time it is for the partners’ rules; tokens and signatures are of the present.
   * @default the system’s clock with the demonstration, a late one without: most stories are of the years around 2030
   */
  readonly clock?: () => Date;
  /** Whether the partners’ chores write beside the test, a minute after the start. @default true */
  readonly hasChores?: boolean;
  /** The purposes for which a partner shows fields, by its code. @default for any */
  readonly fieldPurposes?: Readonly<
    Record<string, Parameters<typeof inner.openPartner>[1]['fieldPurposes']>
  >;
  /** How the partners send mails. @default they send none */
  readonly mail?: Parameters<typeof inner.openPartner>[1]['mail'];
  /** Puts something before a partner, and returns where it answers. @default nothing stands between */
  readonly front?: (code: string, url: string) => Promise<string>;
  /** Where the hub and the partners send their traces. @default nothing is traced */
  readonly tracesEndpoint?: string;
}

export async function openNetwork(
  content: PartnerContent,
  {
    isGuarded = false,
    logger = silentLogger,
    deadlineMs = patienceMs,
    operationDeadlineMs = 3 * deadlineMs,
    limits,
    providers = {},
    isMeasured = false,
    clock = content === 'demonstration' ? undefined : lateClock,
    tracesEndpoint: endpoint,
    engineKey,
    mail,
    fieldPurposes = {},
    hasChores = true,
    front = (_code, url) => Promise.resolve(url),
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
  const trace = async (service: string) => {
    const tracing = await openTracing({ endpoint, service });
    return tracing && stack.use(tracing);
  };
  const definitionOf = (code: string): inner.PartnerDefinition => {
    const definition = definitions[subgraphOf.get(code) ?? ''];
    if (!definition) throw new Error(`Nobody can run ${code}.`);
    return definition;
  };
  const databaseUrls = new Map<string, string>();
  for (const code of subgraphOf.keys()) {
    const given = { partner: code, content, clock };
    const database = stack.use(await createFilledDatabase(definitionOf(code), sqlite, given));
    databaseUrls.set(code, database.url);
  }
  const identities = new Map<string, inner.PartnerIdentity>();
  const servers = new Map<string, inner.PartnerServer>();
  const urls = new Map<string, string>();
  const fronts = new Map<string, string>();
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
  const start = async (code: string, machineClock?: () => Date) => {
    const definition = isGuarded ? definitionOf(code) : opened(definitionOf(code));
    const identity = inner.createPartnerIdentity({
      partner: code,
      ...identityIn(keys, code),
      hubUrl,
      ...(machineClock && { clock: machineClock }),
    });
    identities.set(code, identity);
    const { authenticate, askHub, publisher, tellHub } = identity;
    const options = {
      partner: code,
      databaseUrl: databaseUrls.get(code) ?? '',
      content,
      logger,
      authenticate,
      askHub,
      publisher,
      tellHub,
      pagesUrl: new URL(hubUrl).origin,
      mail,
      limits,
      fieldPurposes: fieldPurposes[code],
      metricsReaders: isMeasured ? ['127.0.0.1'] : [],
      clock: machineClock ?? clock,
      tracing: await trace(code),
    };
    const served = hasChores ? definition : { ...definition, chore: undefined };
    const server = await inner.openPartner(served, options);
    servers.set(code, server);
    urls.set(code, await server.listen(Number(new URL(urls.get(code) ?? 'http://x:0').port)));
  };
  try {
    await Promise.all(partners.map(({ code }) => start(code)));
    for (const [code, url] of urls) fronts.set(code, await front(code, url));
    const network = (urlOf: (code: string) => string): Network => ({
      port: 0,
      partners: partners.map((partner) => ({
        ...partner,
        ...providers[partner.code],
        url: urlOf(partner.code),
        deadlineMs,
      })),
    });
    const urlOf = (code: string) => urls.get(code) ?? '';
    const hub = stack.use(
      await openHub(
        network((code) => fronts.get(code) ?? ''),
        keys,
        {
          defaultAsker,
          logger,
          dataDir: folder,
          plugins: [...served, ...(isMeasured ? ['metrics'] : [])],
          environment: {
            HUB_TRIAL_SIGN_IN: 'true',
            HUB_ENGINE_KEY: engineKey,
            OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
          },
          operationDeadlineMs,
          ...hubOptions,
        },
      ),
    );
    // The partners ask this one what their policies need to know of each other.
    const server = stack.use(
      await createHubServer({ hub: hub.hub, logger, allowedOrigins: [allowedOrigin] }),
    );
    await server.listen(hubPort);
    return {
      hub: hub.hub,
      ask: hub.ask,
      worker: hub.worker,
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
          { defaultAsker, operationDeadlineMs, ...options },
        );
      },
      [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
    };
  } catch (error) {
    await stack[Symbol.asyncDispose]();
    throw error;
  }
}

const opened = (definition: inner.PartnerDefinition): inner.PartnerDefinition => ({
  ...definition,
  createSubgraph: () => definition.createSubgraph(openPolicies),
});

/** A port at which nobody listens, nor will soon: what others take by port 0 is not from there. */
export async function findClosedPort(): Promise<number> {
  const [port = 1] = await findFreePorts(1);
  return port;
}
