import {
  getNamedType,
  getOperationAST,
  GraphQLError,
  isScalarType,
  Kind,
  parse,
  Source,
  specifiedRules,
  validate,
  ValuesOfCorrectTypeRule,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { hash } from 'node:crypto';
import { nameLiterals } from './name-arguments.js';
import { refusedWorkFactor, startWork, type Charge } from './served-context.js';

/**
 * Validates literals. A literal that a scalar rejects is `BAD_USER_INPUT`, like the same value in a
 * variable. The code is set here, where the type is known. To find the type later, each error would
 * need a walk through the document.
 */
const checkLiterals: ValidationRule = (context) => {
  const reportError = (error: GraphQLError): void => {
    const kind = error.nodes?.[0]?.kind;
    const type = context.getInputType();
    const isValue = kind !== Kind.OBJECT_FIELD && kind !== Kind.NULL;
    if (!isValue || !type || !isScalarType(getNamedType(type))) return context.reportError(error);
    const { nodes, message, originalError = error } = error;
    const extensions = { ...error.extensions, code: 'BAD_USER_INPUT' };
    context.reportError(new GraphQLError(message, { nodes, originalError, extensions }));
  };
  return ValuesOfCorrectTypeRule(
    Object.create(context, { reportError: { value: reportError } }) as ValidationContext,
  );
};

const refuseIntrospection: ValidationRule = (context) => ({
  Field(node) {
    if (node.name.value !== '__schema' && node.name.value !== '__type') return;
    const message = 'Introspection is not allowed here.';
    context.reportError(new GraphQLError(message, { nodes: [node] }));
  },
});

/** The rules of the specification, and one more if introspection is not allowed. */
function chooseRules(introspection: boolean): readonly ValidationRule[] {
  const rules = specifiedRules.map((rule) =>
    rule === ValuesOfCorrectTypeRule ? checkLiterals : rule,
  );
  return introspection ? rules : [...rules, refuseIntrospection];
}

/** A valid document, and what depends only on its text. */
export interface ValidDocument {
  readonly document: DocumentNode;
  /** The SHA-256 of its text, in hexadecimal. */
  readonly hash: string;
  /** Its only operation, or the one with this name. */
  operationOf(name: string | undefined): OperationDefinitionNode | undefined;
}

/**
 * Documents are cached until their texts have this many characters together. With its tokens, a
 * document takes about a hundred times its text in memory.
 */
const cachedLength = 400_000;

/** The most errors of a rejected request. Validation stops after that. */
export const mostErrors = 10;

/** A document that is rejected with these errors. */
export class InvalidDocument extends Error {
  override readonly name = 'InvalidDocument';

  constructor(readonly reasons: readonly GraphQLError[]) {
    super('The document is not valid.');
  }
}

/** Parses and validates documents, each text once for a schema. */
export class Documents {
  readonly #rules: readonly ValidationRule[];
  /** Suggestions would reveal names that introspection hides. */
  readonly #hideSuggestions: boolean;
  #schema: GraphQLSchema | undefined;
  readonly #known = new LRUCache<string, ValidDocument>({
    maxSize: cachedLength,
    sizeCalculation: (_valid, text) => text.length,
  });

  /** @param onParsed called before a new document is validated. Throws to reject it. */
  constructor(
    { introspection }: { readonly introspection: boolean },
    private readonly onParsed: (schema: GraphQLSchema, document: DocumentNode) => void = () =>
      undefined,
  ) {
    this.#rules = chooseRules(introspection);
    this.#hideSuggestions = !introspection;
  }

  /**
   * @param charge called with the cost of a new document
   * @throws InvalidDocument
   */
  read(schema: GraphQLSchema, text: string, charge?: Charge): ValidDocument {
    if (schema !== this.#schema) {
      this.#schema = schema;
      this.#known.clear();
    }
    const known = this.#known.get(text);
    if (known) return known;
    const stop = startWork();
    let factor = refusedWorkFactor;
    try {
      const valid = this.#readNew(schema, text);
      this.#known.set(text, valid);
      factor = 1;
      return valid;
    } finally {
      charge?.({ ms: stop() * factor });
    }
  }

  #readNew(schema: GraphQLSchema, text: string): ValidDocument {
    const document = parseText(text);
    this.onParsed(schema, document);
    const hideSuggestions = this.#hideSuggestions;
    const options = { maxErrors: mostErrors, hideSuggestions };
    // One more error means that there are others.
    const errors = validate(schema, document, this.#rules, options).slice(0, mostErrors);
    if (errors.length > 0) {
      const named = nameLiterals(schema, document, errors);
      throw new InvalidDocument(named.map((error) => withCode(error, hideSuggestions)));
    }
    return describe(document, text);
  }
}

function describe(document: DocumentNode, text: string): ValidDocument {
  const sole = getOperationAST(document) ?? undefined;
  return {
    document,
    hash: hash('sha256', text),
    operationOf: (name) =>
      name === undefined ? sole : (getOperationAST(document, name) ?? undefined),
  };
}

function parseText(text: string): DocumentNode {
  const source = new Source(text);
  try {
    const document = parse(source);
    // graphql-js counts the lines of the text again for each node of each error: for 3,000 nodes
    // below 60,000 lines this took seconds. Every token knows its line, see `maskError`.
    source.body = '';
    return document;
  } catch (error) {
    const { message, source, positions } =
      error instanceof GraphQLError ? error : new GraphQLError('Syntax error');
    const extensions = { code: 'GRAPHQL_PARSE_FAILED' };
    const originalError = error instanceof Error ? error : undefined;
    throw new InvalidDocument([
      new GraphQLError(message, { source, positions, originalError, extensions }),
    ]);
  }
}

/** One rule of graphql-js adds its suggestion in any case. */
const suggestion = / Did you mean .*$/s;

const withCode = (error: GraphQLError, hideSuggestions: boolean): GraphQLError =>
  new GraphQLError(hideSuggestions ? error.message.replace(suggestion, '') : error.message, {
    nodes: error.nodes,
    originalError: error.originalError ?? error,
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', ...error.extensions },
  });
