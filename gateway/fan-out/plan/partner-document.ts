import { Kind, print, type OperationDefinitionNode, type SelectionNode } from 'graphql';
import type { CodeMeter } from '../../engine/codegen/code-unit.js';
import { narrowOperation } from '../../engine/documents/selection.js';
import { createResponseParser, type ParseResponse } from '../../engine/json/compile-parser.js';

/** A document for a partner, and the variables that it uses. */
export interface PartnerDocument {
  readonly text: string;
  readonly operationName: string | undefined;
  readonly variables: readonly string[];
  /** The body of the request with these variables. */
  writeBody(variables: Readonly<Record<string, unknown>>): string;
  /** Parses the response. */
  readonly parse: ParseResponse;
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
): PartnerDocument {
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
    parse: createResponseParser(narrowed.operation.selectionSet, meter),
  };
}
