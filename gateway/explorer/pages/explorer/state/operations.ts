import {
  Kind,
  OperationTypeNode,
  parse,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';

/** A named operation of a document, and its place in the text. */
export interface NamedOperation {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** A document as a tree. Undefined while it has an error. */
export function parseOr(query: string): DocumentNode | undefined {
  try {
    return parse(query);
  } catch {
    return undefined;
  }
}

/** The operation that runs: the chosen one, else the first. */
export function operationOf(
  document: DocumentNode,
  name: string | undefined,
): OperationDefinitionNode | undefined {
  const all = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  return all.find((one) => one.name?.value === name) ?? all[0];
}

/** The named operations of a document; none while it has an error. */
export const listOperations = (query: string): readonly NamedOperation[] =>
  (parseOr(query)?.definitions ?? []).flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION && node.name && node.loc
      ? [{ name: node.name.value, from: node.loc.start, to: node.loc.end }]
      : [],
  );

/** The name of the first operation, also while the document has an error. */
export const nameOf = (query: string): string | undefined =>
  /^\s*(?:query|mutation)\s+(\w+)/m.exec(query)?.[1];

/** True if the operation that runs changes data. While the document has an error, any mutation counts. */
export function isMutation(query: string, operationName?: string): boolean {
  const document = parseOr(query);
  if (!document) return /^\s*mutation\b/m.test(query);
  return document.definitions.some(
    (node) =>
      node.kind === Kind.OPERATION_DEFINITION &&
      node.operation === OperationTypeNode.MUTATION &&
      (operationName === undefined || node.name?.value === operationName),
  );
}

/** The variables of a tab as a value. @throws SyntaxError if they are no JSON */
export function readVariables(text: string): object | undefined {
  if (text.trim() === '') return undefined;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SyntaxError('{ … }');
  return value;
}
