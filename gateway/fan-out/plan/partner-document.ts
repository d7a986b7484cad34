import { Kind, print, type OperationDefinitionNode, type SelectionNode } from 'graphql';
import type { CodeMeter } from '../../engine/codegen/code-unit.js';
import { narrowOperation } from '../../engine/documents/selection.js';
import {
  createResponseParser,
  unsliced,
  type ParseResponse,
  type Slicing,
} from '../../engine/json/compile-parser.js';

/** The most values of one kind, so that a client cannot make the hub store values without limit. */
const maxEntries = 100;

/**
 * Makes each value once for each name, and keeps the most recently used ones.
 *
 * Each fetch of each plan has one of these, mostly with one or two values. An `LRUCache` is as fast
 * to read, but takes 8 µs to create instead of 0.1 µs, and ten times the memory (3.6 kB).
 */
export function memoize<Key, Value>(
  make: (key: Key) => Value,
  nameOf: (key: Key) => string,
): (key: Key) => Value {
  const known = new Map<string, { readonly value: Value }>();
  let last: string | undefined;
  return (key) => {
    const name = nameOf(key);
    let found = known.get(name);
    if (found && name === last) return found.value;
    if (found) known.delete(name);
    else found = { value: make(key) };
    // A map keeps its entries in the order in which they were set.
    known.set(name, found);
    last = name;
    if (known.size > maxEntries) known.delete(known.keys().next().value ?? '');
    return found.value;
  };
}

/** A document for a partner, and the variables that it uses. */
export interface PartnerDocument {
  readonly text: string;
  readonly operationName: string | undefined;
  readonly variables: readonly string[];
  /** The body of the request with these variables. */
  writeBody(variables: Readonly<Record<string, unknown>>): string;
  /** Parses the response. */
  readonly parse: ParseResponse;
  /** What stays text in the response. @default nothing */
  readonly layout?: string | undefined;
}

/**
 * Gives the operation the client’s name. The engine’s own names contain a number for each fetch.
 */
export function renameOperation(
  operation: OperationDefinitionNode,
  name: string | undefined,
): OperationDefinitionNode {
  return {
    ...operation,
    name: name === undefined ? undefined : { kind: Kind.NAME, value: name },
  };
}

/** Makes a document with these selections of an operation. */
export function toDocument(
  operation: OperationDefinitionNode,
  selections: readonly SelectionNode[],
  meter?: CodeMeter,
  slicing: Slicing = unsliced,
): PartnerDocument {
  const { slices } = slicing;
  const narrowed = narrowOperation(operation, selections);
  const text = print(narrowed.operation);
  const operationName = operation.name?.value;
  // The constant part is serialised once.
  const head = `{"query":${JSON.stringify(text)},"variables":`;
  const tail = operationName === undefined ? '}' : `,"operationName":"${operationName}"}`;
  return {
    text,
    operationName,
    writeBody: (variables) => `${head}${JSON.stringify(variables)}${tail}`,
    variables: narrowed.variables,
    parse: createResponseParser(narrowed.operation.selectionSet, meter, slicing),
    layout: slices.size === 0 ? undefined : JSON.stringify([...slices]),
  };
}
