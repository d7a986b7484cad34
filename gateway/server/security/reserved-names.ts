import { HubError } from '@hub/shared/errors';
import type { OperationHooks, ServedContext } from '@hub/shared/graphql';
import { visit, type DocumentNode } from 'graphql';

/** The hub uses `hub__…` in its own requests. `__proto__` is not a normal key in JavaScript. */
const isReserved = (name: string): boolean => name.startsWith('hub__') || name === '__proto__';

/** The first reserved name of an alias, a field or a variable in a document. */
export function findReservedName(document: DocumentNode): string | undefined {
  let found: string | undefined;
  visit(document, {
    Field({ alias, name }) {
      const key = alias?.value ?? name.value;
      if (isReserved(key)) found ??= key;
    },
    Variable({ name: { value } }) {
      if (value === '__proto__') found ??= `$${value}`;
    },
  });
  return found;
}

/**
 * Rejects operations with reserved names. They would clash with the hub’s names, and a partner
 * would be blamed for that.
 */
export function createReservedNamesCheck(): OperationHooks<ServedContext> {
  const accepted = new WeakSet<DocumentNode>();
  return {
    didResolveOperation({ document }) {
      if (accepted.has(document)) return;
      const name = findReservedName(document);
      if (name === undefined) {
        accepted.add(document);
        return;
      }
      const message = `\`${name}\` is reserved. No alias or variable may have this name.`;
      throw new HubError('GRAPHQL_VALIDATION_FAILED', { message });
    },
  };
}
