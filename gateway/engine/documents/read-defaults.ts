import { valueFromASTUntyped, type OperationDefinitionNode } from 'graphql';

/** The default values of variables. Undefined if no variable has one. */
export function readDefaults({
  variableDefinitions = [],
}: OperationDefinitionNode): Readonly<Record<string, unknown>> | undefined {
  const entries = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
