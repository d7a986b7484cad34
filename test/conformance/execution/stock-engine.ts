import { silentLogger } from '@hub/shared/system';
import { parse } from 'graphql';
import {
  decideConditions,
  readDecidingVariables,
  readDecision,
} from '../../../gateway/engine/documents/decide-conditions.js';
import type { RecordedContext } from '../../../gateway/fan-out/completeness.js';
// The engine as its maker ships it, after what turns its telemetry off.
import { narrowFragments } from '../../../gateway/engine/documents/narrow-fragments.js';
import { reserveNames, restoreName } from '../../../gateway/engine/documents/response-names.js';
import { ApolloGateway } from '../../../gateway/engine/planning/engine.js';
import { plannerConfigOf } from '../../../gateway/engine/planning/planning-limits.js';
import type { FetchCall, SubgraphPartners } from '../../../gateway/fan-out/fetch.js';
import type { OperationRecord } from '../../../gateway/fan-out/operation-record.js';
import { prepareFetch, type SubgraphFetch } from '../../../gateway/fan-out/subgraph-fetch.js';
import type { CreateEngine } from '../../../gateway/hub.js';
import { locateRepresentations } from './locate.js';

type Row = Record<string, unknown>;

/** What one fetch of the engine’s own executor brings along. */
interface StockFetch {
  readonly request: {
    readonly query?: string;
    readonly operationName?: string;
    readonly variables?: Row;
  };
  readonly context: RecordedContext;
  readonly pathInIncomingRequest?: (string | number)[];
}

/** The data of each operation’s root fetches, into which the engine merges what comes later: there places are found. */
const trees = new WeakMap<OperationRecord, Row>();

function treeOf(operation: OperationRecord): Row {
  const tree = trees.get(operation) ?? {};
  trees.set(operation, tree);
  return tree;
}

/** Answers the fetches of the engine’s own executor by the same routing that the compiled one uses. */
function createDataSource(partners: SubgraphPartners) {
  return {
    async process(options: unknown): Promise<{ data: Row }> {
      const { request, context, pathInIncomingRequest: path = [] } = options as StockFetch;
      const text = request.query ?? '';
      const operationName = request.operationName?.replace(/__\w+?__\d+$/, '');
      const variables = { ...defaultsOf(text), ...request.variables };
      const call: FetchCall = { operation: context.operation, variables, path };
      const fetch = prepareFetch(partners, { text, operationName });
      if (fetch.kind === 'entities') return { data: { _entities: await askEntities(fetch, call) } };
      const data = await fetch.ask(call);
      // As the engine does: what came first stands, and what comes later is merged into it.
      const tree = treeOf(context.operation);
      if (path.length === 0) for (const key of Object.keys(data)) tree[key] ??= data[key];
      return { data };
    },
  };
}

async function askEntities(
  fetch: Extract<SubgraphFetch, { kind: 'entities' }>,
  { operation, variables: all, path }: FetchCall,
): Promise<unknown[]> {
  const { representations: given, ...variables } = all as Row & { representations: Row[] };
  const texts = given.map((representation) => JSON.stringify(representation));
  const unique = [...new Set(texts)];
  const representations = unique.map((text) => JSON.parse(text) as Row);
  const places = () => locateRepresentations(treeOf(operation), path, given);
  const entities = await fetch.ask(
    { operation, variables, path },
    {
      representations,
      placesOf: (index) => places().filter((_, place) => texts[place] === unique[index]),
    },
  );
  // The engine renames and merges in place: each place needs an entity of its own.
  return texts.map((text) => structuredClone(entities[unique.indexOf(text)] ?? null));
}

function defaultsOf(text: string): Row {
  const [definition] = parse(text).definitions;
  if (definition?.kind !== 'OperationDefinition') return {};
  const { variableDefinitions = [] } = definition;
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue && 'value' in defaultValue ? [[variable.name.value, defaultValue.value]] : [],
    ),
  );
}

/** The engine with the executor of its maker: the reference. */
export const createStockEngine: CreateEngine = ({ supergraphSdl, subgraphs, planning }) => {
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: silentLogger,
    queryPlannerConfig: plannerConfigOf(planning),
    buildService({ name }) {
      const partners = subgraphs.find(({ model }) => model.name === name);
      if (!partners) throw new Error(`No partner serves the subgraph ${name}.`);
      return createDataSource(partners);
    },
  });
  const { executor } = gateway;
  // It loses what stands in fragments on an object’s own type within fragments on its interface, and what is asked in one
  // fetch with what is left out by a condition.
  gateway.executor = async (context) => {
    const { operation, request, schema } = context;
    const deciding = readDecidingVariables(context.document, operation);
    const decision = readDecision(deciding, request.variables ?? {});
    const decided = decideConditions(context.document, deciding, decision);
    const document = narrowFragments(schema, reserveNames(decided));
    const queryHash = `${context.queryHash}${decision}`;
    const { data, errors } = await executor({ ...context, document, queryHash });
    return { data: asClientsName(data) as Row | null | undefined, errors };
  };
  return { gateway };
};

/** The hub adds to what is planned, and has it planned under names of its own: its own executor shows neither. */
function asClientsName(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asClientsName);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'hub__presence');
  return Object.fromEntries(
    entries.map(([key, inner]) => [restoreName(key), asClientsName(inner)]),
  );
}
