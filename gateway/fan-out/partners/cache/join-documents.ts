import {
  Kind,
  parse,
  print,
  visit,
  type NameNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { createSelectionSet, responseKeyOf } from '../../../engine/documents/selection.js';
import { createResponseParser, type ParseResponse } from '../../../engine/json/compile-parser.js';

/** Several queries as one. Each has names of its own for root fields and variables. */
export interface JoinedDocument {
  readonly text: string;
  readonly parse: ParseResponse;
  /** The name of a variable of a query. */
  nameOf(query: number, variable: string): string;
  /** The response keys of a query: in the joined response (`q0_books`), and in its own (`books`). */
  keysOf(query: number): readonly (readonly [key: string, own: string])[];
  /** The query that has a response key of the joined response. Undefined if none has it. */
  queryOf(key: unknown): number | undefined;
}

/**
 * Joins queries. Undefined if one of them has another form than the hub’s own documents: one
 * operation without directives, without fragment definitions.
 */
export interface JoinDocuments {
  (texts: readonly string[]): JoinedDocument | undefined;
  /** A partner refused them together, and may refuse them again. They are not joined for a minute. */
  separate(texts: readonly string[]): void;
}

/** An estimate of what is kept of a document for each character of its queries: also its code. */
const bytesOfCharacter = 60;
const mostBytes = 30_000_000;

/** How long queries that a partner refused together are sent one by one. */
const refusedMs = 60_000;

/** Makes a function that joins the same queries once. */
export function createDocumentJoiner(): JoinDocuments {
  const known = new LRUCache<string, { readonly document: JoinedDocument | undefined }>({
    maxSize: mostBytes,
    sizeCalculation: (_document, key) => (key.length + 1) * bytesOfCharacter,
  });
  const keyOf = (texts: readonly string[]) => texts.join('\n');
  const joinOnce = (texts: readonly string[]) => {
    const key = keyOf(texts);
    let found = known.get(key);
    if (!found) known.set(key, (found = { document: join(texts) }));
    return found.document;
  };
  const separate = (texts: readonly string[]) =>
    void known.set(keyOf(texts), { document: undefined }, { ttl: refusedMs });
  return Object.assign(joinOnce, { separate });
}

const prefixOf = (query: number): string => `q${query}_`;

function join(texts: readonly string[]): JoinedDocument | undefined {
  const operations = texts.map(readOperation);
  const renamed = operations.flatMap((operation, index) =>
    operation ? [rename(operation, prefixOf(index))] : [],
  );
  const [first] = renamed;
  if (!first || renamed.length < operations.length) return undefined;
  const selectionSet = createSelectionSet(
    renamed.flatMap((operation) => operation.selectionSet.selections),
  );
  const keys = renamed.map(({ selectionSet: set }, index) =>
    rootKeys(set).map((key) => [key, key.slice(prefixOf(index).length)] as const),
  );
  const queries = new Map<unknown, number>(
    keys.flatMap((own, query) => own.map(([key]) => [key, query])),
  );
  return {
    text: print({
      ...first,
      selectionSet,
      variableDefinitions: renamed.flatMap((operation) => operation.variableDefinitions ?? []),
    }),
    parse: createResponseParser(selectionSet),
    nameOf: (query, variable) => `${prefixOf(query)}${variable}`,
    keysOf: (query) => keys[query] ?? [],
    queryOf: (key) => queries.get(key),
  };
}

function readOperation(text: string): OperationDefinitionNode | undefined {
  const { definitions } = parse(text, { noLocation: true });
  const [operation] = definitions;
  const isPlain =
    definitions.length === 1 &&
    operation?.kind === Kind.OPERATION_DEFINITION &&
    !operation.directives?.length;
  return isPlain ? operation : undefined;
}

function rename(operation: OperationDefinitionNode, prefix: string): OperationDefinitionNode {
  const prefixed = (name: NameNode): NameNode => ({ ...name, value: `${prefix}${name.value}` });
  const own = visit(operation, {
    Variable: (variable) => ({ ...variable, name: prefixed(variable.name) }),
  });
  const renameRoots = (set: SelectionSetNode): SelectionSetNode =>
    createSelectionSet(
      set.selections.map((selection): SelectionNode => {
        if (selection.kind === Kind.FIELD)
          return { ...selection, alias: prefixed(selection.alias ?? selection.name) };
        if (selection.kind === Kind.INLINE_FRAGMENT)
          return { ...selection, selectionSet: renameRoots(selection.selectionSet) };
        return selection;
      }),
    );
  return { ...own, selectionSet: renameRoots(own.selectionSet) };
}

const rootKeys = (set: SelectionSetNode): string[] => [
  ...new Set(
    set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [responseKeyOf(selection)];
      return selection.kind === Kind.INLINE_FRAGMENT ? rootKeys(selection.selectionSet) : [];
    }),
  ),
];
