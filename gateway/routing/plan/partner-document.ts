import { Kind, print, type OperationDefinitionNode, type SelectionNode } from 'graphql';
import type { CodeMeter } from '../../codegen/code-unit.js';
import { narrowOperation } from '../../documents/selection.js';
import { createAnswerParser, type ParseAnswer } from '../../partners/compile-parser.js';

/** A document for a partner, with the names of the variables that it uses. */
export interface PartnerDocument {
  readonly text: string;
  readonly operationName: string | undefined;
  readonly variables: readonly string[];
  /** The request with these variables, as it goes over the wire. */
  writeBody(variables: Readonly<Record<string, unknown>>): string;
  /** Reads what is answered to it. */
  readonly parse: ParseAnswer;
}

/** The operation under the client’s own name for it. The engine counts its fetches in theirs. */
export function renameOperation(
  operation: OperationDefinitionNode,
  name: string | undefined,
): OperationDefinitionNode {
  return {
    ...operation,
    name: name === undefined ? undefined : { kind: Kind.NAME, value: name },
  };
}

/** The document that asks for these selections of an operation. */
export function toDocument(
  operation: OperationDefinitionNode,
  selections: readonly SelectionNode[],
  meter?: CodeMeter,
): PartnerDocument {
  const narrowed = narrowOperation(operation, selections);
  const text = print(narrowed.operation);
  const operationName = operation.name?.value;
  // What is the same each time is written once.
  const head = `{"query":${JSON.stringify(text)},"variables":`;
  const tail = operationName === undefined ? '}' : `,"operationName":"${operationName}"}`;
  return {
    text,
    operationName,
    writeBody: (variables) => `${head}${JSON.stringify(variables)}${tail}`,
    variables: narrowed.variables,
    parse: createAnswerParser(narrowed.operation.selectionSet, meter),
  };
}
