import type {
  Charge,
  OperationHooks,
  OperationLimiter,
  OperationPipeline,
  OperationPipelineOptions,
  ServedContext,
} from '@hub/shared/graphql';
import type { KeyStore, Reader } from '@hub/shared/identity';
import type {
  createHttpServer,
  GraphQLOptions,
  OpenConnect,
  OperationMeter,
  ReadyChecks,
  RequestCounting,
  Span,
  Tls,
} from '@hub/shared/server';
import type { Logger } from '@hub/shared/system';
import type { FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { IncomingHttpHeaders } from 'node:http';
import type { Registry } from 'prom-client';
import type { z } from 'zod';
import type { RecordedContext } from './fan-out/completeness.js';
import type { CallMeter } from './fan-out/fetch.js';
import type { CallKeeper } from './fan-out/partners/call-keeper.js';
import type { OtherWorkers } from './process/workers/other-workers.js';
import type { Workers } from './process/workers/run-workers.js';
import type { WorkerCounts } from './process/workers/worker-counts.js';
import type { Contract } from './registry/contracts.js';
import type { openRegistryFiles } from './registry/files/served-graph.js';
import type { Partner } from './registry/network.js';
import type { PublicationState } from './registry/publications/publication.js';
import type { AdministrationLog } from './registry/records/administration-log.js';
import type { UsageStore } from './registry/usage/usage-store.js';
import type { Routes } from './routes.js';
import type { Application } from './server/applications.js';
import type { HubRequest, Sender } from './server/hub-request.js';
import type { Person } from './server/security/authenticate.js';
import type { Sessions } from './server/security/sessions.js';
import type { SignPartnerRequest } from './server/security/sign-request.js';
import type { HubConfig } from './server/settings/hub-config.js';

/**
 * A capability that the hub can do without: a folder of `gateway/plugins` and a line in `list.ts`.
 * Every process loads the list, so a plugin’s own code is imported when it is opened.
 */
export interface HubPlugin<Shape extends Variables = Variables> {
  readonly name: string;
  /** The variables that it reads from the environment. @default none */
  readonly settings?: Shape;
  /** Its own operations: what each of them is, and the folder of their files. @default none */
  readonly documents?: { readonly kind: string; readonly folder: string };
  /** What is wrong with the variables of a hub together, whatever each of them says. @default nothing */
  findFaults?(settings: SettingsOf<Shape> & Settings): readonly string[];
  /** Applications whose operations are written down. @default none */
  readApplications?(settings: SettingsOf<Shape>, isForeign: boolean): readonly Application[];
  /** Opens it in a worker, before the hub is built. Undefined if it is turned off. */
  open?(worker: PluginWorker, settings: SettingsOf<Shape>): Promise<Capability | undefined>;
  /** Opens it in the process that watches over the workers. */
  openInPrimary?(
    process: PluginPrimary,
    settings: SettingsOf<Shape>,
  ): Promise<AsyncDisposable | undefined>;
  /** Opens it in the process that fetches and judges what partners publish. */
  openInRegistry?(
    process: PluginRegistry,
    settings: SettingsOf<Shape>,
  ): Promise<AsyncDisposable | undefined>;
}

/** Variables of the environment, by their names. */
export type Variables = Readonly<Record<string, z.ZodType>>;

/** The variables of the plugins, read. */
type Settings = Readonly<Record<string, unknown>>;

type SettingsOf<Shape extends Variables> = Readonly<z.output<z.ZodObject<Shape>>>;

interface PluginProcess {
  readonly config: HubConfig;
  readonly logger: Logger;
}

/** A worker, as a plugin sees it. */
export interface PluginWorker extends PluginProcess {
  /** The other workers: what a plugin tells them, and hears of them. */
  readonly others: OtherWorkers;
  readonly tls: Tls;
  /** Where a plugin makes its metrics. */
  readonly metrics: Registry;
  /** What each worker has counted. */
  readonly counts: WorkerCounts;
  /** The applications of all plugins. */
  readonly applications: readonly Application[];
  /** Has a partner’s manifest fetched soon. */
  readonly refresh: (partner: string) => void;
}

export interface PluginPrimary extends PluginProcess, Pick<Workers, 'relay' | 'tally'> {}

export interface PluginRegistry extends PluginProcess {
  /** The partners that take part. */
  readonly partners: readonly Partner[];
  readonly contracts: readonly Contract[];
  readonly ownKeys: KeyStore;
  readonly partnerKeys: KeyStore;
  /** Signs requests to partners. */
  readonly sign: SignPartnerRequest;
  readonly connect: OpenConnect;
  readonly files: ReturnType<typeof openRegistryFiles>;
  /** The log of administration. */
  readonly administration: AdministrationLog;
  /** What is known of a partner. */
  readonly stateOf: (partner: string) => PublicationState;
  /** Resolves when each partner was asked once. */
  readonly started: Promise<void>;
}

/** What an open plugin adds to the hub. It adds nothing where it leaves something out. */
export interface Capability extends Partial<AsyncDisposable> {
  /** Called for each operation. */
  readonly hooks?: OperationHooks<HubContext>;
  /** Begins the span of an operation. */
  readonly startSpan?: () => Span;
  /** Keeps the calls of an operation, if its client wants that. */
  readonly keepCalls?: (request: HubRequest, reader: Reader) => CallKeeper | undefined;
  /** Measures operations and calls. */
  readonly meter?: HubMeter;
  /** For how many seconds a response may be cached now. */
  readonly readLongestAge?: () => number;
  /** How clients used the elements of the graph: the field `usage`. */
  readonly usage?: Pick<UsageStore, 'read'>;
  /** Warnings for operators, in `/health/ready`. */
  readonly warnings?: ReadyChecks;
  /** Origins whose pages may send requests. */
  readonly allowedOrigins?: readonly string[];
  /** An organisation’s notices, as an Atom feed. */
  readonly writeFeed?: (organisation: string) => string;
  /** Ends what a person has left here, whose access was ended. */
  readonly forget?: (person: Person) => Promise<void>;
  /** Adds routes, before the hub listens. */
  serve?(server: PluginServer, hub: Hub): Promise<Served | void>;
}

/** Where a plugin adds routes. */
export interface PluginServer<Context extends ServedContext = HubContext> {
  readonly http: Awaited<ReturnType<typeof createHttpServer>>;
  /** Counts requests that are refused before they are operations. */
  readonly counting: RequestCounting;
  readonly allowedOrigins: readonly string[];
  /** How clients reach the hub. Undefined: as its proxy says. */
  readonly scheme: 'https' | undefined;
  readonly writeFeed: Capability['writeFeed'];
  /** Serves a graph as the hub’s own, at another path. `check` throws to refuse a request. */
  serveGraph(
    path: string,
    pipeline: OperationPipeline<Context>,
    check: (request: FastifyRequest) => void,
  ): void;
}

/** What a plugin adds to the address of the graph. */
export interface Served<Context extends ServedContext = HubContext> extends Pick<
  GraphQLOptions<Context>,
  'page' | 'resolveDocument' | 'subscribe'
> {
  /** Called when everything is loaded, before clients come. */
  join?(): Promise<void>;
}

/** An open plugin of a hub that is built. */
export interface ServedPlugin<Context extends ServedContext = HubContext> extends Pick<
  Capability,
  'meter' | 'allowedOrigins' | 'writeFeed'
> {
  serve?(server: PluginServer<Context>): Promise<Served<Context> | void>;
}

/** Counts what the hub does. */
export interface HubMeter extends CallMeter {
  /** Operations of clients. */
  readonly operations: OperationMeter;
  /** An operation was planned and compiled for the first time, or could not be. */
  planned(isPlanned: boolean, seconds: number): void;
  /** A response lacks what these partners have. */
  incomplete(missing: readonly { readonly partner: string; readonly status: string }[]): void;
  /** A caller sent very many reads of people, or refused requests, in a minute. */
  enumerated(): void;
}

/** An operation on its way through the hub. */
export interface HubContext extends RecordedContext {
  readonly requestId: string;
  readonly reader: Reader;
  readonly charge?: Charge | undefined;
}

/** A queue: how many are served, and how many wait. */
interface Queue {
  readonly active: number;
  readonly waiting: number;
}

/** An operation that clients have sent before. */
export interface KnownOperation {
  readonly query: string;
  readonly operationName: string | undefined;
  /** Those of conditions. @default each decision of up to two conditions */
  readonly variables?: Readonly<Record<string, boolean>>;
}

/** The hub without a port: it executes operations. */
export interface Hub
  extends Pick<Routes, 'subgraphs' | 'ports' | 'statusOf' | 'supergraphSdl'>, AsyncDisposable {
  /** What plugins add to its server. */
  readonly plugins: readonly ServedPlugin[];
  readonly pipeline: OperationPipeline<HubContext>;
  /** The schema for clients. */
  readonly schema: GraphQLSchema;
  readonly limiter: OperationLimiter;
  /** @throws `UNAUTHENTICATED`, `RATE_LIMITED`, `OVERLOADED`, `BAD_REQUEST` */
  createContext(request: HubRequest): Promise<HubContext>;
  /**
   * Whether the caller may send a request. Counts nothing.
   * @throws `UNAUTHENTICATED`, `RATE_LIMITED`
   */
  checkRate(request: Sender): Promise<void>;
  /**
   * Counts a request without a context, because its body was rejected.
   * @throws `UNAUTHENTICATED`, `RATE_LIMITED`
   */
  countRefused(request: Sender, bytes: number): Promise<void>;
  /**
   * Counts a health request, separately from all other requests.
   * @throws `RATE_LIMITED`
   */
  countProbe(address: string): void;
  /** The operations of people, and of partners’ own servers. */
  readOperations(): Readonly<Record<string, Queue>>;
  /** The sessions of browsers. Undefined if nobody can sign in to the pages. */
  readonly sessions?: Sessions | undefined;
  /** Throws if a caller may not go on: its token has expired, or its session. Nothing is counted. */
  check(headers: IncomingHttpHeaders): Promise<void>;
  /** Plans an operation before a client sends it. @throws if it cannot be planned */
  prepare(operation: KnownOperation): Promise<void>;
  /** Starts a pipeline over another engine, for operations like the hub’s own. */
  openPipeline(engine: Engine): Promise<OperationPipeline<HubContext>>;
  isReady(): boolean;
  /** Whether clients may get errors with this code. A foreign supergraph has its own codes. */
  isCode(code: unknown): boolean;
  /** More checks of readiness. */
  readonly readyChecks: ReadyChecks;
  /** Warnings for operators, whether the hub is ready or not. */
  readonly warningChecks: ReadyChecks;
  /** Ends the calls in flight. */
  close(): Promise<void>;
}

type Engine = Extract<
  OperationPipelineOptions<HubContext>['source'],
  { gateway: unknown }
>['gateway'];
