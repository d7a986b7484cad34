import type { Logger } from '@hub/shared/system';
import { refuseDirectives } from './engine/planning/refused-directives.js';
import { untracked, type SubgraphPartners } from './fan-out/fetch.js';
import { openPort, type OpenPort } from './fan-out/partners/cache/open-port.js';
import { ResponseCache } from './fan-out/partners/cache/response-cache.js';
import {
  assignForwarding,
  type ForwardingRules,
} from './fan-out/partners/forwarding/forwarding-rules.js';
import { createLocalPort } from './fan-out/partners/local-port.js';
import type { PartnerPort } from './fan-out/partners/partner-port.js';
import { isFannedOut, readFanOutRules, type FanOutRules } from './fan-out/rules/fan-out-rules.js';
import { readSubgraphs, type SubgraphModel } from './fan-out/rules/subgraph-model.js';
import type { Lacks } from './fan-out/skew/lacks.js';
import { openPorts, type PortsOptions } from './open-ports.js';
import { createMissedPartners, type Missed } from './registry/calls/missed-partners.js';
import {
  createCallHistory,
  createPartnerStatus,
  type CallOutcome,
  type Status,
} from './registry/calls/partner-status.js';
import { createPartnerCheck } from './registry/check-partner.js';
import { composeContracts } from './registry/compose-contracts.js';
import { hubSubgraph } from './registry/contracts.js';
import type { HealthCheck } from './registry/health-check.js';
import { createHubSubgraph, readStatus, type HubSubgraphOptions } from './registry/hub-subgraph.js';
import type { Network, Partner } from './registry/network.js';
import { readOtherKinds } from './registry/other-kinds.js';
import type { ListProposals } from './registry/proposals/proposal-list.js';
import type { PublishedFacts } from './registry/publications/published-facts.js';
import type { ListReleases } from './registry/releases/release-list.js';
import { hashGraph } from './registry/releases/release.js';
import { createReadUsage } from './registry/usage/own-usage.js';
import type { UsageStore } from './registry/usage/usage-store.js';

/** For foreign partners, of which only the URL is known. */
const foreignPartner = {
  deadlineMs: 5_000,
  maxResponseBytes: 10_000_000,
  isContracted: false,
} as const;

/** The partners of each subgraph, and what tracks their status. */
export interface Routes {
  readonly supergraphSdl: string;
  readonly ports: ReadonlyMap<string, OpenPort>;
  readonly subgraphs: readonly SubgraphPartners[];
  readonly healthCheck?: HealthCheck;
  /** The status of a partner, as in the graph. @default it is not tracked */
  statusOf?(code: string): Status;
  /** Why the hub is not ready: most partners refuse its signature. */
  findRefusal?(): string | undefined;
  /** Adds a failure that another worker noticed. */
  addMissed?(missed: Missed): void;
}

export interface NetworkRouting extends Omit<PortsOptions, 'history' | 'onHung'> {
  /** What a partner’s server lacks of its contract, by its code. @default nothing */
  readonly lacks?: ReadonlyMap<string, Lacks>;
  /** @default usage is not counted */
  readonly usage?: Pick<UsageStore, 'read'> | undefined;
  /** What partners have published. @default nothing is known of it */
  readonly published?: PublishedFacts;
  /** Lists proposed next versions of contracts. @default there are none */
  readonly proposals?: ListProposals;
  /** Lists the releases of the graph. @default there are none */
  readonly releases?: ListReleases;
  /** The contracts, composed. @default they are composed now */
  readonly supergraphSdl?: string;
  readonly logger: Logger;
  /** Called when a partner did not respond. */
  readonly onMissed: (missed: Missed) => Promise<void>;
  /** Called when calls to a partner begin to fail at once, because it hangs. */
  readonly onHung: (code: string) => void;
  /** Called when a partner’s response does not fit its contract. @default nobody is told */
  readonly onInvalid?: ((code: string) => void) | undefined;
  readonly isRefusedSince: SubgraphPartners['isRefusedSince'];
  /** @default unknown */
  readonly keysChangedAt?: HubSubgraphOptions['keysChangedAt'];
  /** Ends the access of one person. @default the hub identifies nobody */
  readonly revokeAccess?: HubSubgraphOptions['revokeAccess'];
  /** Measures calls. @default nothing is measured */
  readonly meter?: SubgraphPartners['meter'];
}

/**
 * Fans each contract out to the partners that agreed to it.
 * @throws if the contracts do not compose, or cannot be fanned out without losing rows
 */
export function routeNetwork({
  network,
  contracts,
  published,
  lacks = published?.lacks,
  lastGood,
  usage,
  proposals,
  releases,
  supergraphSdl = composeContracts(contracts, network.partners),
  logger,
  sign,
  connect,
  onWrite,
  readLongestAge,
  onMissed,
  onHung,
  onInvalid,
  clock,
  isRefusedSince,
  keysChangedAt = () => Promise.resolve(undefined),
  revokeAccess,
  meter,
}: NetworkRouting): Routes {
  const models = readModels(supergraphSdl, contracts, network);
  const partners = network.partners.map(({ code }) => code);
  const isHung = (code: string): boolean => ports.get(code)?.isHung() ?? false;
  const status = createPartnerStatus({ partners, isHung });
  const history = createCallHistory({ partners });
  const missed = createMissedPartners({ partners, notify: onMissed });
  const ports: ReadonlyMap<string, OpenPort> = openPorts(models, {
    network,
    contracts,
    lastGood,
    sign,
    connect,
    onWrite,
    // One that responds again has its status at once.
    onHung: (code, hangs) => (hangs ? onHung(code) : void healthCheck.check(code)),
    readLongestAge,
    clock,
    history,
  });
  const missedAs = (code: string) => {
    const state = status.read(code);
    const isUnknown = state !== undefined && state.status !== 'ANSWERING';
    return missed.failureOf(code) ?? (isUnknown ? 'UNAVAILABLE' : undefined);
  };
  /** Partners whose last response refused the hub’s signature. */
  const refusing = new Set<string>();
  const recordCall = (code: string, outcome: CallOutcome) => {
    status.recordCall(code, outcome);
    history.recordOutcome(code, outcome);
    if (outcome === 'INVALID_RESPONSE') onInvalid?.(code);
    if (outcome === 'REFUSED') refusing.add(code);
    else if (outcome === 'ANSWERED') refusing.delete(code);
  };
  const lacksOf = (code: string) => lacks?.get(code);
  const closedAs = (code: string) =>
    network.partners.find((partner) => partner.code === code)?.membership?.state;
  const maintenanceOf = (code: string) => published?.openWindowOf(code)?.message;
  const watched = {
    recordCall,
    recordMissed: missed.record,
    waitedFor: missed.waitedFor,
    missedAs,
    isRefusedSince,
    lacksOf,
    maintenanceOf,
    closedAs,
    meter,
  };
  const listReleases = releases && bindGraph(releases, { supergraphSdl, contracts });
  const readUsage = usage && createReadUsage(usage, (code) => schemaOf(code, network, models));
  const subgraphs = models.map((model): SubgraphPartners => {
    if (model.name === hubSubgraph)
      return createHubRoute(
        model,
        {
          network,
          status,
          history,
          keysChangedAt,
          readUsage,
          published,
          proposals,
          releases: listReleases,
          findPort: (code) => ports.get(code),
          revokeAccess,
        },
        logger,
      );
    const codes = partnersOf(model.name, network).map(toCode);
    const own = codes.flatMap((code) => ports.get(code) ?? []);
    return { model, ports: byCode(own), codes, areNamed: true, ...watched, logger };
  });
  const healthCheck = createPartnerCheck(ports, { ...status, recordCall }, logger, published);
  const findRefusal = () =>
    refusing.size * 2 > ports.size
      ? `HUB_REFUSED: ${refusing.size} of ${ports.size} partners do not accept this hub’s signature.`
      : undefined;
  const addMissed = (one: Missed) => {
    missed.add(one);
    if (!one.isSecondHand) history.recordOutcome(one.partner, one.failure);
  };
  const statusOf = (code: string) => readStatus(code, status.read(code)?.status, published);
  return { supergraphSdl, ports, subgraphs, healthCheck, statusOf, addMissed, findRefusal };
}

/**
 * Reads the subgraphs of a network, with the rules by which each is fanned out.
 * @throws if one cannot be fanned out without losing rows
 */
export const readModels = (
  supergraphSdl: string,
  contracts: NetworkRouting['contracts'],
  network: Network,
): readonly SubgraphModel[] =>
  readSubgraphs(supergraphSdl, {
    rulesOf: (name) => readRules(name, contracts, network),
    otherKindsOf: (name) => readOtherKinds(name, contracts, network),
    isContracted: true,
  });

/** The list of releases, as this process sees it. */
function bindGraph(
  list: ListReleases,
  graph: Parameters<typeof hashGraph>[0],
): () => ReturnType<ListReleases> {
  const served = hashGraph(graph);
  return () => list(served);
}

/** The schema that a partner’s server serves. */
const schemaOf = (partner: string, { partners }: Network, models: readonly SubgraphModel[]) => {
  const subgraph = partners.find(({ code }) => code === partner)?.subgraph;
  return models.find(({ name }) => name === subgraph)?.schema;
};

const partnersOf = (subgraph: string, { partners }: Network): readonly Partner[] =>
  partners.filter((partner) => partner.subgraph === subgraph);

/** The rules of a contract that several partners serve; undefined for one of a single partner. */
function readRules(
  subgraph: string,
  contracts: NetworkRouting['contracts'],
  network: Network,
): FanOutRules | undefined {
  const contract = contracts.find(({ name }) => name === subgraph);
  const partners = partnersOf(subgraph, network);
  const isShared = contract && (partners.length > 1 || isFannedOut(contract.sdl));
  if (!isShared) return undefined;
  const present = partners.filter(({ membership }) => membership?.state !== 'REMOVED');
  return readFanOutRules(contract.sdl, partners.map(toCode), present.map(toCode));
}

function createHubRoute(
  model: SubgraphModel,
  options: HubSubgraphOptions,
  logger: Logger,
): SubgraphPartners {
  const port = createLocalPort(hubSubgraph, createHubSubgraph(options));
  return { model, ports: byCode([port]), areNamed: false, ...untracked, logger };
}

/** Each subgraph of a foreign supergraph is one partner with the same name. */
export function routeSupergraph(
  supergraphSdl: string,
  {
    logger,
    connect,
    onWrite,
    clock,
    meter,
    forwarding,
  }: Pick<NetworkRouting, 'logger' | 'connect' | 'onWrite' | 'clock' | 'meter'> & {
    /** What passes between clients and subgraphs. @default nothing */
    readonly forwarding?: ForwardingRules | undefined;
  },
): Routes {
  refuseDirectives(supergraphSdl);
  const cache = new ResponseCache();
  const ports = new Map<string, OpenPort>();
  const models = readSubgraphs(supergraphSdl, {
    rulesOf: () => undefined,
    isContracted: false,
  });
  const names = models.map(({ name }) => name);
  const forwardingOf = forwarding && assignForwarding(forwarding, names);
  const subgraphs = models.map((model): SubgraphPartners => {
    const settings = { ...foreignPartner, code: model.name, url: model.url };
    // Its responses are for everybody who sends the same headers that are passed on.
    const port = openPort(settings, cache, { maxAgeOf: () => Infinity, onWrite, clock, connect });
    ports.set(model.name, port);
    const own = { ...untracked, meter, forwarding: forwardingOf?.get(model.name), logger };
    return { model, ports: byCode([port]), areNamed: true, ...own };
  });
  return { supergraphSdl, subgraphs, ports };
}

const toCode = ({ code }: Partner): string => code;

const byCode = (ports: readonly PartnerPort[]): ReadonlyMap<string, PartnerPort> =>
  new Map(ports.map((port) => [port.code, port]));
