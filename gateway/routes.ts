import type { Logger } from '@hub/shared/telemetry';
import {
  sharePort,
  type SharedPort,
  type SharedPortOptions,
} from './partners/cache/cached-port.js';
import { KeptAnswers } from './partners/cache/response-cache.js';
import type { CallClock } from './partners/call-timer.js';
import { lightestCall } from './partners/lightest-call.js';
import { createLocalPort } from './partners/local-port.js';
import {
  createPartnerClient,
  type PartnerSettings,
  type SignRequest,
} from './partners/partner-client.js';
import type { PartnerPort } from './partners/partner-port.js';
import { readAnswer } from './partners/read-response.js';
import { composeSupergraph } from './registry/compose.js';
import { hubSubgraph, type Contract } from './registry/contracts.js';
import { describeSupergraph } from './registry/describe-supergraph.js';
import { createHealthCheck, type HealthCheck } from './registry/health-check.js';
import { createHubSlice } from './registry/hub-slice.js';
import { createMaxAgeReader, readMaxAges } from './registry/max-ages.js';
import { createMissedPartners, type Missed } from './registry/missed-partners.js';
import type { Network } from './registry/network.js';
import {
  createPartnerStatus,
  type CallOutcome,
  type PartnerStatus,
} from './registry/partner-status.js';
import type { Slice } from './routing/fetch.js';
import { isSpread, readSpreadRules, type SpreadRules } from './routing/rules/fan-out-rules.js';
import { readSubgraphs, type SubgraphModel } from './routing/rules/subgraph-model.js';
import type { SignPartnerRequest } from './security/sign-request.js';

/** For a partner of a supergraph that says no more than its address. */
const foreignPartner = { deadlineMs: 5_000, maxResponseBytes: 10_000_000 } as const;

/** Those who answer for each subgraph, and what keeps account of them. */
export interface Routes {
  readonly supergraphSdl: string;
  readonly ports: ReadonlyMap<string, OpenPort>;
  readonly slices: readonly Slice[];
  readonly healthCheck?: HealthCheck;
  /** Why the hub is not ready: most partners refuse its signature. */
  findRefusal?(): string | undefined;
  /** Takes in a failure that another worker of the hub noticed. */
  takeMissed?(missed: Missed): void;
}

export interface NetworkRouting {
  readonly network: Network;
  readonly contracts: readonly Contract[];
  readonly logger: Logger;
  /** Signs what is asked of partners. @default nothing is signed */
  readonly sign?: SignPartnerRequest;
  readonly onWrite: OnWrite;
  /** Told of a partner that did not respond. */
  readonly onMissed: (missed: Missed) => Promise<void>;
  /** Stands still while the hub is late. */
  readonly clock: CallClock;
  readonly isRefusedSince: Slice['isRefusedSince'];
}

/** Told when a partner is sent a mutation, and again when that is over. */
type OnWrite = SharedPortOptions['onWrite'];

/**
 * Spreads each contract over the partners of the network that agreed to it.
 * @throws when the contracts do not compose, or cannot be spread without losing rows.
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
  const { partners } = network;
  const partnersOf = (subgraph: string) =>
    partners.filter((partner) => partner.subgraph === subgraph);
  const composition = composeSupergraph(
    contracts.map(({ name, sdl }) => ({ name, sdl, url: partnersOf(name)[0]?.url ?? '' })),
  );
  if (composition.errors) {
    throw new Error(composition.errors.map(({ message }) => message).join('\n'));
  }
  const supergraphSdl = describeSupergraph(
    composition.supergraphSdl,
    contracts.flatMap(({ descriptions }) => (descriptions ? [descriptions] : [])),
  );
  const kept = new KeptAnswers();
  const contractOf = (name: string) => contracts.find((candidate) => candidate.name === name);
  const rulesOf = (name: string): SpreadRules | undefined => {
    const contract = contractOf(name);
    const codes = partnersOf(name).map(({ code }) => code);
    const isShared = contract && (codes.length > 1 || isSpread(contract.sdl));
    return isShared ? readSpreadRules(contract.sdl, codes) : undefined;
  };
  const models = readSubgraphs(supergraphSdl, { rulesOf, isContracted: true });
  const maxAgeReaders = new Map(
    models.map(({ name, schema }) => [
      name,
      createMaxAgeReader(schema, readMaxAges(contractOf(name)?.sdl ?? '')),
    ]),
  );
  const ports = new Map(
    partners.map((partner) => {
      const { code, subgraph } = partner;
      const signCall: SignRequest | undefined =
        sign && ((request, reader) => sign(code, request, reader));
      const maxAgeOf = maxAgeReaders.get(subgraph) ?? (() => 0);
      return [code, openPort(partner, kept, { maxAgeOf, onWrite, clock }, signCall)];
    }),
  );
  const status = createPartnerStatus({ partners: [...ports.keys()] });
  const missed = createMissedPartners({ partners: [...ports.keys()], tell: onMissed });
  const missedAs = (code: string) => {
    const state = status.read(code);
    const isUnknown = state !== undefined && state.status !== 'ANSWERING';
    return missed.faultOf(code) ?? (isUnknown ? 'UNAVAILABLE' : undefined);
  };
  /** Partners whose last response refused the hub’s signature. */
  const refusing = new Set<string>();
  const recordCall = (code: string, outcome: CallOutcome) => {
    status.recordCall(code, outcome);
    if (outcome === 'REFUSED') refusing.add(code);
    else if (outcome === 'ANSWERED') refusing.delete(code);
  };
  const watched = { recordCall, recordMissed: missed.record, missedAs, isRefusedSince };
  const slices = models.map((model): Slice => {
    if (model.name === hubSubgraph) return createHubSliceRoute(model, status, network, logger);
    const own = partnersOf(model.name).flatMap(({ code }) => ports.get(code) ?? []);
    return { model, ports: byCode(own), areNamed: true, ...watched, logger };
  });
  const healthCheck = createPartnerCheck(ports, { ...status, recordCall }, logger);
  const findRefusal = () =>
    refusing.size * 2 > ports.size
      ? `HUB_REFUSED: ${refusing.size} of ${ports.size} partners do not accept this hub’s signature.`
      : undefined;
  return { supergraphSdl, ports, slices, healthCheck, takeMissed: missed.take, findRefusal };
}

/** Nobody keeps account of who answers. */
const unwatched = {
  recordCall: () => undefined,
  recordMissed: () => Promise.resolve(),
  missedAs: () => undefined,
  isRefusedSince: () => false,
} as const;

function createHubSliceRoute(
  model: SubgraphModel,
  status: PartnerStatus,
  network: Network,
  logger: Logger,
): Slice {
  const port = createLocalPort(hubSubgraph, createHubSlice(status, network));
  return { model, ports: byCode([port]), areNamed: false, ...unwatched, logger };
}

/** Every subgraph of a foreign supergraph is a partner of its own name. */
export function routeSupergraph(
  supergraphSdl: string,
  { logger, onWrite, clock }: Pick<NetworkRouting, 'logger' | 'onWrite' | 'clock'>,
): Routes {
  const kept = new KeptAnswers();
  const ports = new Map<string, OpenPort>();
  const models = readSubgraphs(supergraphSdl, {
    rulesOf: () => undefined,
    isContracted: false,
  });
  const slices = models.map((model): Slice => {
    const settings = { ...foreignPartner, code: model.name, url: model.url };
    // Nobody’s token is passed on, so what it answers is for everybody.
    const port = openPort(settings, kept, { maxAgeOf: () => Infinity, onWrite, clock });
    ports.set(model.name, port);
    return { model, ports: byCode([port]), areNamed: true, ...unwatched, logger };
  });
  return { supergraphSdl, slices, ports };
}

/** A partner, with calls that are shared and a cache. */
interface OpenPort extends SharedPort {
  /** True while calls are in flight and none of them gets a response. */
  isSilent(): boolean;
}

interface OpenPortOptions extends Pick<SharedPortOptions, 'maxAgeOf' | 'onWrite'> {
  readonly clock: CallClock;
}

/** One partner over HTTP, asked no more often than need be. What is kept of its answers goes with a connection that it ends. */
function openPort(
  settings: PartnerSettings,
  kept: KeptAnswers,
  { clock, ...sharing }: OpenPortOptions,
  sign?: SignRequest,
): OpenPort {
  const client = createPartnerClient(settings, sign, () => port.forget(), clock);
  const port = sharePort(client, {
    ...sharing,
    deadlineMs: settings.deadlineMs,
    kept: kept.openShelf(),
  });
  return { ...port, isSilent: client.isSilent };
}

const byCode = (ports: readonly PartnerPort[]): ReadonlyMap<string, PartnerPort> =>
  new Map(ports.map((port) => [port.code, port]));

/** Makes what asks each partner now and then, so that its status is known also where nobody else asks it anything. */
function createPartnerCheck(
  ports: ReadonlyMap<string, PartnerPort>,
  status: PartnerStatus,
  logger: Logger,
): HealthCheck {
  const reasons = new Map<string, string>();
  /** A reason is logged when it is new: a partner is asked every few seconds. Of a clock the seconds may change. */
  const logReason = (partner: string, reason: string | undefined) => {
    const kind = reason?.replace(/\d+ s /, '');
    if (kind !== undefined && kind !== reasons.get(partner)) {
      logger.warn({ partner, reason }, 'a partner does not pass its check');
    }
    if (kind === undefined) reasons.delete(partner);
    else reasons.set(partner, kind);
  };
  return createHealthCheck({
    partners: [...ports.keys()],
    status,
    async probe(code, signal) {
      const answer = await ports.get(code)?.ask(lightestCall('health-check', signal));
      if (!answer) return 'UNAVAILABLE';
      const read = readAnswer(answer, () => true);
      const skew = 'fault' in answer ? undefined : answer.skew;
      logReason(code, 'fault' in read && !signal.aborted ? read.reason : skew);
      if (!('fault' in read)) return 'ANSWERED';
      const { fault, said = fault } = read;
      return said === 'OVERLOADED' ? undefined : said;
    },
  });
}
