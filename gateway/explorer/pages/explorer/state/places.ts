import { signal } from '@preact/signals';
import { Kind, type DocumentNode, type SelectionSetNode } from 'graphql';
import type { GraphError } from '../../../client/send-operation.ts';
import { operationOf, parseOr } from './operations.ts';

/** Where the editor goes next: so many letters from the start of the operation. */
export const wantedPlace = signal<{ readonly at: number } | undefined>(undefined);

/** The letter at which a line and column stand, counted from 1. */
function offsetOf(query: string, { line, column }: { line: number; column: number }): number {
  const before = query.split('\n').slice(0, line - 1);
  const start = before.reduce((sum, one) => sum + one.length + 1, 0);
  return Math.min(query.length, start + column - 1);
}

/** Where the field of a response path is written, through fragments too. */
function findField(
  document: DocumentNode,
  within: SelectionSetNode | undefined,
  [name, ...rest]: readonly string[],
): number | undefined {
  for (const selection of within?.selections ?? []) {
    if (selection.kind !== Kind.FIELD) {
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : document.definitions.find(
              (one) =>
                one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
            );
      const set = fragment && 'selectionSet' in fragment ? fragment.selectionSet : undefined;
      const found = findField(document, set, [name ?? '', ...rest]);
      if (found !== undefined) return found;
      continue;
    }
    if ((selection.alias ?? selection.name).value !== name) continue;
    return rest.length === 0
      ? selection.loc?.start
      : findField(document, selection.selectionSet, rest);
  }
  return undefined;
}

/** Where in the operation an error has its cause: what the hub says, or the field of its path. */
export function findPlace(
  query: string,
  { locations, path }: GraphError,
  operationName: string | undefined,
): number | undefined {
  const [location] = locations ?? [];
  if (location) return offsetOf(query, location);
  const document = path && parseOr(query);
  if (!document) return undefined;
  const operation = operationOf(document, operationName);
  const names = path.filter((step): step is string => typeof step === 'string');
  return findField(document, operation?.selectionSet, names);
}
