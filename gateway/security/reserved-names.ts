import { HubError } from '@hub/shared/errors';
import type { OperationHooks, ServedContext } from '@hub/shared/graphql';
import { visit, type DocumentNode } from 'graphql';

/** `hub__…` is what the hub itself asks of partners; `__proto__` is no key that JavaScript keeps. */
const isReserved = (name: string): boolean => name.startsWith('hub__') || name === '__proto__';

/** The first alias, field or variable of a document under a name that no client may use. */
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

/** Refuses operations that would mix their own names with the hub’s: a partner would be blamed for them. */
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
      const message = `\`${name}\` is a name that no alias or variable may have.`;
      throw new HubError('GRAPHQL_VALIDATION_FAILED', { message });
    },
  };
}
