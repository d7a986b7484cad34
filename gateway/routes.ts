import type { Logger } from '@hub/shared/telemetry';
import {
  createCachedPort,
  type CachedPort,
  type CachedPortOptions,
} from './partners/cache/cached-port.js';
import { ResponseCache } from './partners/cache/response-cache.js';
import type { CallClock } from './partners/call-timer.js';
import { lightestCall } from './partners/lightest-call.js';
import { createLocalPort } from './partners/local-port.js';
import {
  createPartnerClient,
  type PartnerSettings,
  type SignRequest,
} from './partners/partner-client.js';
import type { PartnerPort } from './partners/partner-port.js';
import { readResponse } from './partners/read-response.js';
import { composeSupergraph } from './registry/compose.js';
import { hubSubgraph, type Contract } from './registry/contracts.js';
import { describeSupergraph } from './registry/describe-supergraph.js';
import { createHealthCheck, type HealthCheck } from './registry/health-check.js';
import { createHubSubgraph } from './registry/hub-subgraph.js';
import { createMaxAgeReader, readMaxAges } from './registry/max-ages.js';
import { createMissedPartners, type Missed } from './registry/missed-partners.js';
import type { Network, Partner } from './registry/network.js';
import {
  createPartnerStatus,
  type CallOutcome,
  type PartnerStatus,
} from './registry/partner-status.js';
import type { SubgraphPartners } from './routing/fetch.js';
import { isFannedOut, readFanOutRules, type FanOutRules } from './routing/rules/fan-out-rules.js';
import { readSubgraphs, type SubgraphModel } from './routing/rules/subgraph-model.js';
import type { SignPartnerRequest } from './security/sign-request.js';

/** For foreign partners, of which only the URL is known. */
const foreignPartner = { deadlineMs: 5_000, maxResponseBytes: 10_000_000 } as const;

/** The partners of each subgraph, and what tracks their status. */
export interface Routes {
  readonly supergraphSdl: string;
  readonly ports: ReadonlyMap<string, OpenPort>;
  readonly subgraphs: readonly SubgraphPartners[];
  readonly healthCheck?: HealthCheck;
  /** Why the hub is not ready: most partners refuse its signature. */
  findRefusal?(): string | undefined;
  /** Adds a failure that another worker noticed. */
  addMissed?(missed: Missed): void;
}

export interface NetworkRouting {
  readonly network: Network;
  readonly contracts: readonly Contract[];
  readonly logger: Logger;
  /** Signs requests to partners. @default nothing is signed */
  readonly sign?: SignPartnerRequest;
  readonly onWrite: OnWrite;
  /** Called when a partner did not respond. */
  readonly onMissed: (missed: Missed) => Promise<void>;
  /** Stands still while the hub is late. */
  readonly clock: CallClock;
  readonly isRefusedSince: SubgraphPartners['isRefusedSince'];
}

/** Called when a mutation ends that may have changed something. */
type OnWrite = CachedPortOptions['onWrite'];

/**
 * Fans each contract out to the partners that agreed to it.
 * @throws if the contracts do not compose, or cannot be fanned out without losing rows
 */
export function routeNetwork({
  network,
  contracts,
  logger,
  sign,
  onWrite,
  onMissed,
  clock,
  isRefusedSince,
}: NetworkRouting): Routes {
  const supergraphSdl = composeContracts(contracts, network);
  const models = readSubgraphs(supergraphSdl, {
    rulesOf: (name) => readRules(name, contracts, network),
    isContracted: true,
  });
  const ports = openPorts(models, { network, contracts, sign, onWrite, clock });
  const status = createPartnerStatus({ partners: [...ports.keys()] });
  const missed = createMissedPartners({ partners: [...ports.keys()], notify: onMissed });
  const missedAs = (code: string) => {
    const state = status.read(code);
    const isUnknown = state !== undefined && state.status !== 'ANSWERING';
    return missed.failureOf(code) ?? (isUnknown ? 'UNAVAILABLE' : undefined);
  };
  /** Partners whose last response refused the hub’s signature. */
  const refusing = new Set<string>();
  const recordCall = (code: string, outcome: CallOutcome) => {
    status.recordCall(code, outcome);
    if (outcome === 'REFUSED') refusing.add(code);
    else if (outcome === 'ANSWERED') refusing.delete(code);
  };
  const watched = { recordCall, recordMissed: missed.record, missedAs, isRefusedSince };
  const subgraphs = models.map((model): SubgraphPartners => {
    if (model.name === hubSubgraph) return createHubRoute(model, status, network, logger);
    const own = partnersOf(model.name, network).flatMap(({ code }) => ports.get(code) ?? []);
    return { model, ports: byCode(own), areNamed: true, ...watched, logger };
  });
  const healthCheck = createPartnerCheck(ports, { ...status, recordCall }, logger);
  const findRefusal = () =>
    refusing.size * 2 > ports.size
      ? `HUB_REFUSED: ${refusing.size} of ${ports.size} partners do not accept this hub’s signature.`
      : undefined;
  return { supergraphSdl, ports, subgraphs, healthCheck, addMissed: missed.add, findRefusal };
}

const partnersOf = (subgraph: string, { partners }: Network): readonly Partner[] =>
  partners.filter((partner) => partner.subgraph === subgraph);

/** @throws if the contracts do not compose */
function composeContracts(contracts: NetworkRouting['contracts'], network: Network): string {
  const composition = composeSupergraph(
    contracts.map(({ name, sdl }) => ({ name, sdl, url: partnersOf(name, network)[0]?.url ?? '' })),
  );
  if (composition.errors) {
    throw new Error(composition.errors.map(({ message }) => message).join('\n'));
  }
  return describeSupergraph(
    composition.supergraphSdl,
    contracts.flatMap(({ descriptions }) => (descriptions ? [descriptions] : [])),
  );
}

/** The rules of a contract that several partners serve; undefined for one of a single partner. */
function readRules(
  subgraph: string,
  contracts: NetworkRouting['contracts'],
  network: Network,
): FanOutRules | undefined {
  const contract = contracts.find(({ name }) => name === subgraph);
  const codes = partnersOf(subgraph, network).map(({ code }) => code);
  const isShared = contract && (codes.length > 1 || isFannedOut(contract.sdl));
  return isShared ? readFanOutRules(contract.sdl, codes) : undefined;
}

/** Opens a port to each partner, by its code. All share one cache. */
function openPorts(
  models: readonly SubgraphModel[],
  {
    network,
    contracts,
    sign,
    onWrite,
    clock,
  }: Pick<NetworkRouting, 'network' | 'contracts' | 'sign' | 'onWrite' | 'clock'>,
): ReadonlyMap<string, OpenPort> {
  const cache = new ResponseCache();
  const maxAgeReaders = new Map(
    models.map(({ name, schema }) => {
      const sdl = contracts.find((contract) => contract.name === name)?.sdl ?? '';
      return [name, createMaxAgeReader(schema, readMaxAges(sdl))];
    }),
  );
  return new Map(
    network.partners.map((partner) => {
      const { code, subgraph } = partner;
      const signCall: SignRequest | undefined =
        sign && ((request, reader) => sign(code, request, reader));
      const maxAgeOf = maxAgeReaders.get(subgraph) ?? (() => 0);
      return [code, openPort(partner, cache, { maxAgeOf, onWrite, clock }, signCall)];
    }),
  );
}

/** Tracks no status. */
const unwatched = {
  recordCall: () => undefined,
  recordMissed: () => Promise.resolve(),
  missedAs: () => undefined,
  isRefusedSince: () => false,
} as const;

function createHubRoute(
  model: SubgraphModel,
  status: PartnerStatus,
  network: Network,
  logger: Logger,
): SubgraphPartners {
  const port = createLocalPort(hubSubgraph, createHubSubgraph(status, network));
  return { model, ports: byCode([port]), areNamed: false, ...unwatched, logger };
}

/** Each subgraph of a foreign supergraph is one partner with the same name. */
export function routeSupergraph(
  supergraphSdl: string,
  { logger, onWrite, clock }: Pick<NetworkRouting, 'logger' | 'onWrite' | 'clock'>,
): Routes {
  const cache = new ResponseCache();
  const ports = new Map<string, OpenPort>();
  const models = readSubgraphs(supergraphSdl, {
    rulesOf: () => undefined,
    isContracted: false,
  });
  const subgraphs = models.map((model): SubgraphPartners => {
    const settings = { ...foreignPartner, code: model.name, url: model.url };
    // No caller’s token is passed on, so its responses are for everybody.
    const port = openPort(settings, cache, { maxAgeOf: () => Infinity, onWrite, clock });
    ports.set(model.name, port);
    return { model, ports: byCode([port]), areNamed: true, ...unwatched, logger };
  });
  return { supergraphSdl, subgraphs, ports };
}

/** A partner behind a cache and in-flight deduplication. */
interface OpenPort extends CachedPort {
  /** True while calls are in flight and none of them gets a response. */
  isSilent(): boolean;
}

interface OpenPortOptions extends Pick<CachedPortOptions, 'maxAgeOf' | 'onWrite'> {
  readonly clock: CallClock;
}

/**
 * Opens one partner over HTTP, behind a cache. A connection that the partner ends clears the cache.
 */
function openPort(
  settings: PartnerSettings,
  cache: ResponseCache,
  { clock, ...sharing }: OpenPortOptions,
  sign?: SignRequest,
): OpenPort {
  const client = createPartnerClient(settings, sign, () => port.invalidate(), clock);
  const port = createCachedPort(client, {
    ...sharing,
    deadlineMs: settings.deadlineMs,
    cache: cache.openPartner(),
  });
  return { ...port, isSilent: client.isSilent };
}

const byCode = (ports: readonly PartnerPort[]): ReadonlyMap<string, PartnerPort> =>
  new Map(ports.map((port) => [port.code, port]));

/** Checks each partner at intervals, so that its status is known even without other calls. */
function createPartnerCheck(
  ports: ReadonlyMap<string, PartnerPort>,
  status: PartnerStatus,
  logger: Logger,
): HealthCheck {
  const reasons = new Map<string, string>();
  /**
   * Logs a reason when it is new, because checks are frequent. A changed number of seconds is not a
   * new reason.
   */
  const logReason = (partner: string, reason: string | undefined) => {
    const kind = reason?.replace(/\d+ s /, '');
    if (kind !== undefined && kind !== reasons.get(partner)) {
      logger.warn({ partner, reason }, 'a partner fails its health check');
    }
    if (kind === undefined) reasons.delete(partner);
    else reasons.set(partner, kind);
  };
  return createHealthCheck({
    partners: [...ports.keys()],
    status,
    async probe(code, signal) {
      const response = await ports.get(code)?.ask(lightestCall('health-check', signal));
      if (!response) return 'UNAVAILABLE';
      const read = readResponse(response, () => true);
      const skew = 'failure' in response ? undefined : response.skew;
      logReason(code, 'failure' in read && !signal.aborted ? read.reason : skew);
      if (!('failure' in read)) return 'ANSWERED';
      const { failure, callStatus: said = failure } = read;
      return said === 'OVERLOADED' ? undefined : said;
    },
  });
}
