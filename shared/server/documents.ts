import {
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationRule,
} from 'graphql';
import { hash } from 'node:crypto';
import { TextMap } from './text-map.js';

/** A document that was found valid, with what depends on its text alone. */
export interface ValidDocument {
  readonly document: DocumentNode;
  /** The SHA-256 of its text, in hexadecimal. */
  readonly hash: string;
  /** Its only operation, or the one of this name. */
  operationOf(name: string | undefined): OperationDefinitionNode | undefined;
}

/**
 * Documents are kept until their texts have this many characters together. With the tokens that it remembers a document
 * takes some hundred times its text.
 */
const keptLength = 400_000;

/** What is no document of the schema: refused for these reasons. */
export class InvalidDocument extends Error {
  override readonly name = 'InvalidDocument';

  constructor(
    readonly reasons: readonly GraphQLError[],
    /** Missing where the text is no document at all. */
    readonly document?: DocumentNode,
  ) {
    super('The document is not valid.');
  }
}

/** Reads and validates documents, each text once for a schema. */
export class Documents {
  readonly #rules: readonly ValidationRule[];
  #schema: GraphQLSchema | undefined;
  #known = new TextMap<ValidDocument>(keptLength);

  /** @param onParsed called before a new document is validated. What it throws refuses it. */
  constructor(
    { introspection }: { readonly introspection: boolean },
    private readonly onParsed: (schema: GraphQLSchema, document: DocumentNode) => void = () =>
      undefined,
  ) {
    this.#rules = introspection ? specifiedRules : [...specifiedRules, refuseIntrospection];
  }

  /** @throws InvalidDocument */
  read(schema: GraphQLSchema, text: string): ValidDocument {
    if (schema !== this.#schema) {
      this.#schema = schema;
      this.#known = new TextMap(keptLength);
    }
    const known = this.#known.get(text);
    if (known) return known;
    const document = parseText(text);
    this.onParsed(schema, document);
    const faults = validate(schema, document, this.#rules);
    if (faults.length > 0) throw new InvalidDocument(faults.map(withValidationCode), document);
    const valid = describe(document, text);
    this.#known.set(text, valid);
    return valid;
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
  try {
    return parse(text);
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

const withValidationCode = (error: GraphQLError): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes,
    originalError: error.originalError ?? error,
    extensions: { ...error.extensions, code: 'GRAPHQL_VALIDATION_FAILED' },
  });

const refuseIntrospection: ValidationRule = (context) => ({
  Field(node) {
    if (node.name.value !== '__schema' && node.name.value !== '__type') return;
    const message = 'The schema may not be asked for here.';
    context.reportError(new GraphQLError(message, { nodes: [node] }));
  },
});
