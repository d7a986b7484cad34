import { Kind, OperationTypeNode, parse } from 'graphql';

/** A named operation of a document, and its place in the text. */
export interface NamedOperation {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The named operations of a document; none while it has an error. */
export function listOperations(query: string): readonly NamedOperation[] {
  try {
    return parse(query).definitions.flatMap((node) =>
      node.kind === Kind.OPERATION_DEFINITION && node.name && node.loc
        ? [{ name: node.name.value, from: node.loc.start, to: node.loc.end }]
        : [],
    );
  } catch {
    return [];
  }
}

/** The name of the first operation, also while the document has an error. */
export const nameOf = (query: string): string | undefined =>
  /^\s*(?:query|mutation)\s+(\w+)/m.exec(query)?.[1];

/** True if the operation that runs changes data. While the document has an error, any mutation counts. */
export function isMutation(query: string, operationName?: string): boolean {
  try {
    return parse(query).definitions.some(
      (node) =>
        node.kind === Kind.OPERATION_DEFINITION &&
        node.operation === OperationTypeNode.MUTATION &&
        (operationName === undefined || node.name?.value === operationName),
    );
  } catch {
    return /^\s*mutation\b/m.test(query);
  }
}

/** The variables of a tab as a value. @throws SyntaxError if they are no JSON */
export function readVariables(text: string): object | undefined {
  if (text.trim() === '') return undefined;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SyntaxError('{ … }');
  return value;
}
