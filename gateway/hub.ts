import type { ApolloServer, ApolloServerPlugin } from '@apollo/server';
import { HubError } from '@hub/shared/errors';
import { anonymous, type Reader } from '@hub/shared/identity';
import {
  createOperationLimiter,
  defaultLimits,
  foreignLimits,
  type OperationLimiter,
  type OperationLimits,
} from '@hub/shared/limits';
import { createApolloServer } from '@hub/shared/server';
import { silentLogger, type Logger } from '@hub/shared/telemetry';
import { createCompletenessPlugin } from './completeness-plugin.js';
import { ApolloGateway } from './engine.js';
import { createFragmentsPlugin } from './narrow-fragments.js';
import {
  defaultPlanningLimits,
  foreignPlanningLimits,
  refuseUnplannable,
  type PlanningLimits,
} from './planning-limits.js';
import { composeSupergraph } from './registry/compose.js';
import { hubSubgraph, type Contract } from './registry/contracts.js';
import { createHealthCheck, type HealthCheck } from './registry/health-check.js';
import { createHubSlice } from './registry/hub-slice.js';
import type { Network } from './registry/network.js';
import {
  createPartnerStatus,
  type CallOutcome,
  type PartnerStatus,
} from './registry/partner-status.js';
import type { Slice } from './routing/fetch.js';
import { createLocalPort } from './routing/local-port.js';
import { OperationRecord } from './routing/operation-record.js';
import {
  createPartnerClient,
  type PartnerPort,
  type SignRequest,
} from './routing/partner-client.js';
import { SliceDataSource, type RoutingContext } from './routing/slice-data-source.js';
import { isSpread, readSpreadRules, type SpreadRules } from './routing/spread-rules.js';
import { readSubgraphs, type SubgraphModel } from './routing/subgraph-model.js';
import type { Authenticate } from './security/authenticate.js';
import { countRequests, createRateLimit, type Rate } from './security/rate-limit.js';
import { createReservedNamesPlugin } from './security/reserved-names.js';
import type { SignPartnerRequest } from './security/sign-request.js';

/** What the graph is made of: a network and its contracts, or a supergraph that somebody else composed. */
export type HubSource =
  | { readonly network: Network; readonly contracts: readonly Contract[] }
  | { readonly supergraphSdl: string };

export interface HubOptions {
  readonly logger: Logger;
  /** Tells who asks. @default everybody is anonymous */
  readonly authenticate?: Authenticate;
  /** Signs what is asked of the network’s partners. @default nothing is signed */
  readonly sign?: SignPartnerRequest;
  /** For one operation, however many calls it takes. @default 15000 */
  readonly operationDeadlineMs?: number;
  /** Refuses every mutation with `FORBIDDEN`. @default false */
  readonly isReadOnly?: boolean;
  /** Whether the graph may be asked for its schema. @default true */
  readonly introspection?: boolean;
  /** How much one operation may ask for. @default `defaultLimits`, or `foreignLimits` for a supergraph */
  readonly limits?: OperationLimits;
  /** How often one reader may ask. @default any number of times */
  readonly rate?: Rate;
  /** How far the engine looks for the best plan. @default `defaultPlanningLimits`, or `foreignPlanningLimits` */
  readonly planning?: PlanningLimits;
}

export interface HubContext extends RoutingContext {
  readonly requestId: string;
  readonly reader: Reader;
}

/** What is known of a request before it is executed. */
export interface HubRequest {
  readonly requestId: string;
  /** Fires when the client goes away. */
  readonly signal: AbortSignal;
  readonly authorization?: string;
  /** Where it came from. @default this process, which is not held to the rate of the anonymous */
  readonly address?: string;
}

/** The hub, without a port: it executes operations, whoever brings them. */
export interface Hub extends AsyncDisposable {
  readonly apollo: ApolloServer<HubContext>;
  readonly supergraphSdl: string;
  readonly limiter: OperationLimiter;
  /** @throws `UNAUTHENTICATED`, `RATE_LIMITED` */
  createContext(request: HubRequest): Promise<HubContext>;
  isReady(): boolean;
  /** Ends the calls that are under way. */
  close(): Promise<void>;
}

/** For a partner of a supergraph that says no more than its address. */
const foreignPartner = { deadlineMs: 5_000, maxResponseBytes: 10_000_000 } as const;

/** Those who answer for each subgraph, and what keeps account of them. */
interface Routes {
  readonly supergraphSdl: string;
  readonly ports: ReadonlyMap<string, PartnerPort>;
  readonly slices: readonly Slice[];
  readonly healthCheck?: HealthCheck;
}

/**
 * Builds the hub.
 * @throws when the contracts do not compose, or cannot be spread over their partners without losing rows.
 */
export async function createHub(source: HubSource, options: HubOptions): Promise<Hub> {
  const {
    logger,
    authenticate = async () => anonymous,
    operationDeadlineMs = 15_000,
    isReadOnly = false,
    introspection,
    limits = 'network' in source ? defaultLimits : foreignLimits,
    rate,
    planning = 'network' in source ? defaultPlanningLimits : foreignPlanningLimits,
  } = options;
  const limiter = createOperationLimiter(limits);
  const admit = rate ? countRequests(authenticate, createRateLimit(rate)) : authenticate;
  const { supergraphSdl, ports, slices, healthCheck } =
    'network' in source
      ? routeNetwork(source, options)
      : routeSupergraph(source.supergraphSdl, logger);
  const dataSources = new Map(
    slices.map((slice) => [slice.model.name, new SliceDataSource(slice)]),
  );
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: silentLogger,
    queryPlannerConfig: {
      debug: { maxEvaluatedPlans: planning.plans, pathsLimit: planning.paths },
    },
    buildService({ name }) {
      const dataSource = dataSources.get(name);
      if (!dataSource) throw new Error(`Nobody answers for the subgraph ${name}.`);
      return dataSource;
    },
  });
  refuseUnplannable(gateway);
  const apollo = createApolloServer<HubContext>({
    source: { gateway },
    logger,
    introspection,
    plugins: [
      limiter.plugin,
      createReservedNamesPlugin(),
      ...(isReadOnly ? [createReadOnlyPlugin()] : []),
    ],
  });
  apollo.addPlugin(createCompletenessPlugin());
  apollo.addPlugin(createFragmentsPlugin());
  await apollo.start();
  await healthCheck?.start();
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await healthCheck?.close();
    await apollo.stop();
    await Promise.all([...ports.values()].map((port) => port.close()));
  };
  return {
    apollo,
    supergraphSdl,
    limiter,
    async createContext({ requestId, signal, authorization, address }) {
      const reader = await admit(authorization, address);
      const operation = new OperationRecord(
        requestId,
        signal,
        Date.now() + operationDeadlineMs,
        reader,
      );
      return { requestId, reader, operation };
    },
    isReady: () => isOpen,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function routeNetwork(
  { network, contracts }: { network: Network; contracts: readonly Contract[] },
  { logger, sign }: HubOptions,
): Routes {
  const { partners } = network;
  const partnersOf = (subgraph: string) =>
    partners.filter((partner) => partner.subgraph === subgraph);
  const composition = composeSupergraph(
    contracts.map(({ name, sdl }) => ({ name, sdl, url: partnersOf(name)[0]?.url ?? '' })),
  );
  if (composition.errors) {
    throw new Error(composition.errors.map(({ message }) => message).join('\n'));
  }
  const { supergraphSdl } = composition;
  const ports = new Map(
    partners.map((partner) => {
      const { code } = partner;
      const signCall: SignRequest | undefined =
        sign && ((request, reader) => sign(code, request, reader));
      return [code, createPartnerClient(partner, signCall)];
    }),
  );
  const status = createPartnerStatus({ partners: [...ports.keys()] });
  const rulesOf = (name: string): SpreadRules | undefined => {
    const contract = contracts.find((candidate) => candidate.name === name);
    const codes = partnersOf(name).map(({ code }) => code);
    const isShared = contract && (codes.length > 1 || isSpread(contract.sdl));
    return isShared ? readSpreadRules(contract.sdl, codes) : undefined;
  };
  const recordCall = (code: string, outcome: CallOutcome) => status.recordCall(code, outcome);
  const slices = readSubgraphs(supergraphSdl, { rulesOf, isContracted: true }).map(
    (model): Slice => {
      if (model.name === hubSubgraph) return createHubSliceRoute(model, status, network, logger);
      const own = partnersOf(model.name).flatMap(({ code }) => ports.get(code) ?? []);
      return { model, ports: byCode(own), areNamed: true, recordCall, logger };
    },
  );
  return { supergraphSdl, ports, slices, healthCheck: createPartnerCheck(ports, status) };
}

function createHubSliceRoute(
  model: SubgraphModel,
  status: PartnerStatus,
  network: Network,
  logger: Logger,
): Slice {
  const port = createLocalPort(hubSubgraph, createHubSlice(status, network));
  return { model, ports: byCode([port]), areNamed: false, recordCall: () => undefined, logger };
}

/** Every subgraph of a foreign supergraph is a partner of its own name. */
function routeSupergraph(supergraphSdl: string, logger: Logger): Routes {
  const models = readSubgraphs(supergraphSdl, {
    rulesOf: () => undefined,
    isContracted: false,
  });
  const slices = models.map((model): Slice => {
    const port = createPartnerClient({ ...foreignPartner, code: model.name, url: model.url });
    return { model, ports: byCode([port]), areNamed: true, recordCall: () => undefined, logger };
  });
  return { supergraphSdl, slices, ports: new Map(slices.flatMap(({ ports }) => [...ports])) };
}

const byCode = (ports: readonly PartnerPort[]): ReadonlyMap<string, PartnerPort> =>
  new Map(ports.map((port) => [port.code, port]));

/** The lightest question there is, so that the status of a partner is known also where nobody asks it anything. */
function createPartnerCheck(
  ports: ReadonlyMap<string, PartnerPort>,
  status: PartnerStatus,
): HealthCheck {
  return createHealthCheck({
    partners: [...ports.keys()],
    status,
    async probe(code, signal) {
      const answer = await ports.get(code)?.ask({
        query: '{ __typename }',
        variables: {},
        operationName: undefined,
        isRepeatable: true,
        requestId: 'health-check',
        reader: anonymous,
        signal,
        deadline: Infinity,
      });
      if (!answer) return 'UNAVAILABLE';
      return 'fault' in answer ? answer.fault : 'ANSWERED';
    },
  });
}

function createReadOnlyPlugin(): ApolloServerPlugin<HubContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation }) {
          if (operation?.operation === 'mutation') {
            throw new HubError('FORBIDDEN', { message: 'This hub takes no changes.' });
          }
        },
      };
    },
  };
}
