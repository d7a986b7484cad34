import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { checkLiterals, checkVariableTexts } from './check-text-lengths.js';
import { checkVariables } from './check-variables.js';
import type { OperationLimits } from './limits.js';
import { measureCost } from './measure-cost.js';
import { checkDocument } from './measure-document.js';
import { scanJson } from './scan-json.js';
import { scanTokens } from './scan-tokens.js';
import { tooComplex } from './too-complex.js';

/** The parameters of a request. */
interface Parameters {
  readonly query?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Checks the limits of operations, before and after validation. */
export interface OperationLimiter {
  readonly limits: OperationLimits;
  /**
   * Checks a body before it is parsed as JSON.
   * @throws HubError `QUERY_TOO_COMPLEX`
   */
  checkBody(body: unknown): void;
  /**
   * Checks what is known before the document is parsed. A persisted query was checked when its text
   * was sent.
   * @throws HubError `QUERY_TOO_COMPLEX`, `BAD_REQUEST`
   */
  check(parameters: Parameters): void;
  /**
   * Checks that need the document, before validation, and checks that need the schema and the
   * variables, before planning.
   */
  readonly hooks: LimitHooks;
}

/** The hooks, as the kit’s server calls them. */
interface LimitHooks {
  /**
   * Once for each document, before validation, which reads every field and literal.
   * @throws HubError `QUERY_TOO_COMPLEX`, `BAD_REQUEST`, and `BAD_USER_INPUT` for a text that is
   * too long
   */
  didParse(request: { readonly schema: GraphQLSchema; readonly document: DocumentNode }): void;
  /** @throws HubError `QUERY_TOO_COMPLEX`, `BAD_USER_INPUT` */
  didResolveOperation(request: {
    readonly schema: GraphQLSchema;
    readonly document: DocumentNode;
    readonly operation?: OperationDefinitionNode;
    readonly request: { readonly variables?: Readonly<Record<string, unknown>> };
  }): void;
}

/** Documents with few enough tokens are cached up to this many characters. */
const rememberedLength = 5_000_000;

/**
 * @param hasLongestTexts whether to check the contract’s longest lengths of texts. @default true
 */
export function createOperationLimiter(
  limits: OperationLimits,
  { hasLongestTexts = true }: { readonly hasLongestTexts?: boolean } = {},
): OperationLimiter {
  const accepted = new LRUCache<string, true>({
    maxSize: rememberedLength,
    // A text may be empty, but a size must not be 0.
    sizeCalculation: (_accepted, text) => text.length + 1,
  });
  let costs = new WeakMap<OperationDefinitionNode, number>();
  let costedSchema: GraphQLSchema | undefined;

  function check({ query, variables }: Parameters): void {
    checkVariables(variables, limits);
    if (query === undefined || accepted.has(query)) return;
    scanTokens(query, limits);
    accepted.set(query, true);
  }

  function checkCost(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): void {
    if (schema !== costedSchema) {
      costs = new WeakMap();
      costedSchema = schema;
    }
    let cost = costs.get(operation);
    if (cost === undefined) {
      const measured = measureCost({ schema, document, operation, variables, limits });
      cost = measured.cost;
      if (measured.isFixed) costs.set(operation, cost);
    }
    if (cost > limits.cost) throw tooComplex('cost', limits.cost);
  }

  const hooks: LimitHooks = {
    didParse({ schema, document }) {
      checkDocument(document, limits);
      if (hasLongestTexts) checkLiterals(schema, document);
    },
    didResolveOperation({ schema, document, operation, request: { variables = {} } }) {
      checkVariables(variables, limits);
      if (operation && hasLongestTexts) checkVariableTexts(schema, document, operation, variables);
      if (operation) checkCost(schema, document, operation, variables);
    },
  };
  return {
    limits,
    checkBody: (body) => {
      if (body instanceof Uint8Array) scanJson(body, limits);
    },
    check,
    hooks,
  };
}
