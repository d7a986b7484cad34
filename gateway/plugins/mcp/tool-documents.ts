import {
  Kind,
  parse,
  separateOperations,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A named query that may become a tool. */
export interface ToolDocument {
  /** The name of the operation, and of the tool. */
  readonly name: string;
  /** The lines of comment above the operation. Empty if there are none. */
  readonly comment: string;
  readonly operation: OperationDefinitionNode;
  /** The operation and the fragments that it uses. */
  readonly document: DocumentNode;
  /** The application that wrote it down. */
  readonly application: string;
}

/** The lines of comment directly above a place of a text, as one line. */
function readComment(text: string, start: number): string {
  const lines = text.slice(0, start).trimEnd().split('\n');
  const first = lines.findLastIndex((line) => !line.startsWith('#')) + 1;
  return lines
    .slice(first)
    .map((line) => line.replace(/^#+ ?/, '').trim())
    .join(' ')
    .trim();
}

/**
 * The named queries of a text. Mutations, subscriptions and operations without a name are left out.
 * @throws GraphQLError if the text is not GraphQL
 */
export function listQueries(text: string, application: string): ToolDocument[] {
  const document = parse(text);
  const separate = separateOperations(document);
  return document.definitions.flatMap((operation): ToolDocument[] => {
    if (operation.kind !== Kind.OPERATION_DEFINITION || operation.operation !== 'query') return [];
    const { name, loc } = operation;
    const own = separate[name?.value ?? ''];
    if (!name || !loc || !own) return [];
    const comment = readComment(text, loc.start);
    return [{ name: name.value, comment, operation, document: own, application }];
  });
}

/** The name of the hub’s own application. */
const ownApplication = 'hub';

/** The hub’s own queries for analysts, from the `.graphql` files of a folder. */
export function readOwnDocuments(folder: string): ToolDocument[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .toSorted()
    .flatMap((file) => listQueries(readFileSync(join(folder, file), 'utf8'), ownApplication));
}
