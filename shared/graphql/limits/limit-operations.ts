import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { checkLiterals, checkVariableTexts } from './check-text-lengths.js';
import type { OperationLimits } from './limits.js';
import { measureCost } from './measure-cost.js';
import { checkDocument } from './measure-document.js';
import { scanTokens } from './scan-tokens.js';
import { tooComplex } from './too-complex.js';

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
/** Values outside the variables: parameters of the request, and unknown extensions. */
const otherValues = 1_000;
/** A string that is longer is searched for its end at once, which takes the system a tenth of the time. */
const shortString = 64;
/** `[` and `{` differ in one bit, and so do `]` and `}`. */
const bracketBit = 0x20;
const opening = 0x7b;
const closing = 0x7d;

/**
 * Counts nested brackets and values of JSON before it is parsed: a megabyte of brackets takes the
 * parser a quarter of a second, a megabyte of names 40 ms. Invalid JSON is left to the parser.
 * @throws HubError `QUERY_TOO_COMPLEX`
 */
export function scanJson(
  json: Uint8Array,
  { nesting, values }: Pick<OperationLimits, 'nesting' | 'values'>,
): void {
  // The body and its `variables` are two objects around the counted values.
  const most = nesting + 2;
  let open = 0;
  let commas = 0;
  for (let index = 0; index < json.length; index += 1) {
    const byte = json[index] ?? 0;
    if (byte === quote) index = findEnd(json, index + 1);
    else if (byte === comma) commas += 1;
    else if ((byte | bracketBit) === opening) open += 1;
    else if ((byte | bracketBit) === closing) open -= 1;
    if (commas > values + otherValues) throw tooComplex('values', values);
    if (open > most) throw tooComplex('nesting', nesting);
  }
}

/** The place of the quote that ends a string. */
function findEnd(json: Uint8Array, start: number): number {
  let index = start;
  for (; index < json.length; index += 1) {
    const byte = json[index] ?? 0;
    if (byte === quote) return index;
    if (byte === backslash) index += 1;
    else if (index - start === shortString) {
      const end = json.indexOf(quote, index);
      if (end === -1) return json.length;
      // A quote may be escaped. The rest of such a string is read byte by byte.
      if (json[end - 1] !== backslash) return end;
    }
  }
  return index;
}

/**
 * Checks the limits of variables. A megabyte of JSON can be half a million nested lists, which
 * parse, but which would overflow the stack of any recursive function. So this is not recursive.
 * @throws HubError `QUERY_TOO_COMPLEX`
 */
function checkVariables(
  variables: Readonly<Record<string, unknown>> | undefined,
  { values, nesting }: Pick<OperationLimits, 'values' | 'nesting'>,
): void {
  let level: object[] = variables ? [variables] : [];
  let count = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > nesting) throw tooComplex('nesting', nesting);
    const inner: object[] = [];
    for (const container of level) {
      const held: unknown[] = Array.isArray(container) ? container : Object.values(container);
      count += held.length;
      if (count > values) throw tooComplex('values', values);
      for (const value of held) if (typeof value === 'object' && value !== null) inner.push(value);
    }
    level = inner;
  }
}

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
