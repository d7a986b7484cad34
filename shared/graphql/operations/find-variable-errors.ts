import {
  coerceInputValue,
  getVariableValues,
  GraphQLError,
  isInputType,
  typeFromAST,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { cutText } from '../scalars/cut-text.js';
import { mostErrors } from './documents.js';
import { withArgument } from './name-arguments.js';

/** Stops a coercion that has found enough errors. */
class Enough extends Error {}

/**
 * A value, quoted for an error. Objects are not quoted, because each of their errors would repeat
 * them.
 */
function quote(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[…]' : '{…}';
  return typeof value === 'string' ? JSON.stringify(cutText(value, 100)) : String(value);
}

const printPath = (path: readonly (string | number)[]): string =>
  path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');

/**
 * Finds the errors in the variables of an operation, with the messages of graphql-js’s
 * `getVariableValues`. That function prints the whole object for each error in it: 130 KB of
 * unknown fields took half a minute.
 */
export function findVariableErrors(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  hideSuggestions: boolean,
  /** The argument that a variable is given to. */
  argumentOf: (variable: string) => string | undefined = () => undefined,
): readonly GraphQLError[] {
  const errors: GraphQLError[] = [];
  const report = (error: GraphQLError): void => {
    errors.push(error);
    if (errors.length >= mostErrors) throw new Enough();
  };
  const check = (definition: VariableDefinitionNode): void => {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    const value = variables[name];
    if (!isInputType(type) || !Object.hasOwn(variables, name) || value === null) {
      const { errors: others = [] } = getVariableValues(schema, [definition], variables);
      return others.forEach((error) => report(withArgument(error, argumentOf(name))));
    }
    coerceInputValue(
      value,
      type,
      (path, wrong, error) => {
        const place = path.length > 0 ? ` at "${name}${printPath(path)}"` : '';
        const message = `Variable "$${name}" got invalid value ${quote(wrong)}${place}; ${error.message}`;
        const steps = [argumentOf(name), ...path];
        const argument = steps[0] === undefined ? undefined : steps.join('.');
        report(
          withArgument(
            new GraphQLError(message, { nodes: definition, originalError: error }),
            argument,
          ),
        );
      },
      hideSuggestions,
    );
  };
  try {
    variableDefinitions.forEach(check);
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return errors;
}
