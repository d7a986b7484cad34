import { visit, type DocumentNode, type OperationDefinitionNode } from 'graphql';

/**
 * The planner sends the keys of entities in `$representations`. A client’s variable of that name is
 * planned and fetched with one more underscore.
 */
const reserved = /^representations_*$/;

const reserve = (name: string): string => (reserved.test(name) ? `${name}_` : name);

/** Renames reserved variables. Returns the same document if it has none. */
export const reserveVariables = (document: DocumentNode): DocumentNode =>
  visit(document, {
    Variable({ kind, name }) {
      const value = reserve(name.value);
      return value === name.value ? undefined : { kind, name: { kind: name.kind, value } };
    },
  });

/** Renames the values of a client for an operation. Undefined if it has no renamed variables. */
export function createValueNamer({ variableDefinitions = [] }: OperationDefinitionNode) {
  if (!variableDefinitions.some(({ variable }) => reserved.test(variable.name.value)))
    return undefined;
  return (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [reserve(name), value]));
}
