import { HubError, refuseInput } from '@hub/shared/errors';
import type { OperationPipelineOptions, ServedContext } from '@hub/shared/graphql';
import {
  isObjectType,
  isUnionType,
  valueFromASTUntyped,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import {
  createDecidingReader,
  decideConditions,
  readDecision,
  type DecidingVariable,
} from '../../engine/documents/decide-conditions.js';
import { readDefaults } from '../../engine/documents/read-defaults.js';
import type { RecordedContext } from '../../fan-out/completeness.js';
import type { SubgraphPartners, Variables } from '../../fan-out/fetch.js';
import type { OperationRecord } from '../../fan-out/operation-record.js';
import { prepareFetch, type Row, type SubgraphFetch } from '../../fan-out/subgraph-fetch.js';
import { pickShape, splitRequest, type SplitRequest } from './split-request.js';

type Fetch<Kind> = Extract<SubgraphFetch, { readonly kind: Kind }>;

/** A split request, whose fetches are prepared. */
interface Prepared extends Pick<SplitRequest, 'keys' | 'own' | 'shape'> {
  /** The root type of the operation. */
  readonly type: string;
  readonly defaults: Variables | undefined;
  readonly roots: Fetch<'roots'> | undefined;
  readonly entities: readonly (Omit<SplitRequest['entities'][number], 'text'> & {
    readonly fetch: Fetch<'entities'>;
  })[];
}

interface Request {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly queryHash: string;
  readonly variables: Variables;
}

/** Prepared requests are cached until they have this many characters together. */
const preparedLength = 5_000_000;

type Gateway = Extract<
  OperationPipelineOptions<RecordedContext & ServedContext>['source'],
  { gateway: unknown }
>;

/**
 * Executes requests over the schema of one subgraph, as the hub executes the fetches of its own
 * plans: fanned out, checked and merged. Another engine completes the values, as it does with
 * those of any subgraph.
 */
export function createSubgraphEngine(
  subgraph: SubgraphPartners,
  /** The text of the subgraph; undefined if nobody may introspect it. */
  sdl: string | undefined,
): Gateway['gateway'] {
  const { schema } = subgraph.model;
  const findDeciding = createDecidingReader();
  const prepared = new LRUCache<string, Prepared>({ maxSize: preparedLength });
  const execute = async (request: Request, record: OperationRecord): Promise<Row> => {
    const { document, operation, variables: given, queryHash } = request;
    const deciding = findDeciding(request);
    const decision = readDecision(deciding, given);
    const key = `${queryHash}${decision} ${operation.name?.value ?? ''}`;
    const known = prepared.get(key) ?? prepare(subgraph, request, deciding, decision);
    prepared.set(key, known, { size: document.loc?.end ?? preparedLength });
    return run(known, { schema, sdl, record, variables: { ...known.defaults, ...given } });
  };
  return {
    load: () =>
      Promise.resolve({
        executor: async ({ request, schema: current, document, operation, queryHash, context }) => {
          const { variables = {} } = request;
          const { operation: record } = context as unknown as RecordedContext;
          const asked = { schema: current, document, operation, queryHash, variables };
          return { data: await execute(asked, record) };
        },
      }),
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    stop: () => Promise.resolve(),
  };
}

function prepare(
  subgraph: SubgraphPartners,
  { schema, document, operation }: Request,
  deciding: readonly DecidingVariable[],
  decision: string,
): Prepared {
  const decided = decideConditions(document, deciding, decision);
  const index = document.definitions.indexOf(operation);
  const split = splitRequest(decided, decided.definitions[index] as OperationDefinitionNode);
  const operationName = operation.name?.value;
  return {
    keys: split.keys,
    own: split.own,
    shape: split.shape,
    defaults: readDefaults(operation),
    type: schema.getRootType(operation.operation)?.name ?? '',
    roots:
      split.roots === undefined
        ? undefined
        : (prepareFetch(subgraph, { text: split.roots, operationName }) as Fetch<'roots'>),
    entities: split.entities.map(({ text, ...part }) => ({
      ...part,
      fetch: prepareFetch(subgraph, { text, operationName }) as Fetch<'entities'>,
    })),
  };
}

interface Run {
  readonly schema: GraphQLSchema;
  readonly sdl: string | undefined;
  readonly record: OperationRecord;
  readonly variables: Variables;
}

async function run(
  { keys, own, shape, type, roots, entities }: Prepared,
  given: Run,
): Promise<Row> {
  const { schema, sdl, record: operation, variables } = given;
  const asked = entities.map(({ representations, ...part }) => ({
    ...part,
    rows: readRepresentations(schema, valueFromASTUntyped(representations, variables)),
  }));
  const [fromRoots, ...lists] = await Promise.all([
    roots?.ask({ operation, variables, path: [] }),
    ...asked.map(({ key, fetch, rows }) =>
      fetch.ask(
        { operation, variables, path: [key] },
        { representations: rows, placesOf: (index) => [[key, index]] },
      ),
    ),
  ]);
  const values = pickShape({ ...fromRoots }, shape) as Row;
  asked.forEach(({ key, shape: ofEntity }, index) => {
    values[key] = pickShape(lists[index], ofEntity);
  });
  for (const [key, field] of own) values[key] = field === 'typename' ? type : describe(field, sdl);
  return Object.fromEntries(keys.map((key) => [key, values[key] ?? null]));
}

/** @throws HubError `GRAPHQL_VALIDATION_FAILED` if introspection is not allowed */
function describe(fields: ReadonlyMap<string, 'sdl' | '__typename'>, sdl: string | undefined): Row {
  if (sdl === undefined) {
    const message = 'Introspection is not allowed here.';
    throw new HubError('GRAPHQL_VALIDATION_FAILED', { message });
  }
  return Object.fromEntries(
    [...fields].map(([key, name]) => [key, name === 'sdl' ? sdl : '_Service'] as const),
  );
}

/** @throws HubError `BAD_USER_INPUT` if one is not an entity of this subgraph */
function readRepresentations(schema: GraphQLSchema, value: unknown): readonly Row[] {
  const union = schema.getType('_Entity');
  const types = isUnionType(union) ? union.getTypes() : [];
  const isEntity = (row: unknown): row is Row => {
    const name = (row as Row | null)?.['__typename'];
    return types.some((type) => isObjectType(type) && type.name === name);
  };
  if (Array.isArray(value) && value.every(isEntity)) return value;
  refuseInput(
    'representations',
    'Each representation has the `__typename` of an entity of this subgraph.',
  );
}
