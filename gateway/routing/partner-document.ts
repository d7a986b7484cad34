import {
  print,
  valueFromASTUntyped,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { narrowOperation } from './selection.js';

/** A document for a partner, with the names of the variables that it uses. */
export interface PartnerDocument {
  /** Without a name, since operations of several names share a plan; see {@link nameOperation}. */
  readonly text: string;
  readonly variables: readonly string[];
}

/** The text of a fetch without the name of its operation: the same for all that ask the same. */
export const unnameOperation = (text: string): string =>
  text.replace(/^\s*(query|mutation)\s+[_A-Za-z]\w*/, '$1 ');

/** The text of an operation under a name. */
export function nameOperation(text: string, name: string | undefined): string {
  if (name === undefined) return text;
  return text.startsWith('{')
    ? `query ${name} ${text}`
    : text.replace(/^(query|mutation) ?/, `$1 ${name} `);
}

/** The document that asks for these selections of an operation. */
export function toDocument(
  operation: OperationDefinitionNode,
  selections: readonly SelectionNode[],
): PartnerDocument {
  const narrowed = narrowOperation(operation, selections);
  return {
    text: print(narrowed.operation),
    variables: narrowed.variables,
  };
}

/** What variables are where the request gives none. */
export function readDefaults(
  operation: OperationDefinitionNode,
): Readonly<Record<string, unknown>> {
  const withDefaults =
    operation.variableDefinitions?.filter(({ defaultValue }) => defaultValue) ?? [];
  return Object.fromEntries(
    withDefaults.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]),
  );
}
