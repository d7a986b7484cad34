import { type GraphQLRequest, type GraphQLRequestContext, HeaderMap } from '@apollo/server';
import {
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
  coerceInputValue,
  getVariableValues,
  isInputType,
  typeFromAST,
} from 'graphql';
import { silentLogger } from '../../system/logger.js';
import { cutText } from '../scalars/scalars.js';
import { type ValidDocument, mostErrors } from './documents.js';
import { withArgument } from './name-arguments.js';
import type { Executed, ServedContext } from './served-context.js';

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

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** One operation in the pipeline. It has the form that hooks of Apollo Server expect. */
export type OperationRequest<Context extends ServedContext> = Writable<
  GraphQLRequestContext<Context> & Executed
>;

export function createRequest<Context extends ServedContext>(
  request: GraphQLRequest,
  contextValue: Context,
  schema: GraphQLSchema,
): OperationRequest<Context> {
  // With all properties from the start, because adding properties later is slow.
  return {
    logger: silentLogger,
    cache: noCache,
    request,
    response: { http: { status: undefined, headers: new HeaderMap() }, body: undefined },
    schema,
    contextValue,
    queryHash: undefined,
    document: undefined,
    source: undefined,
    operationName: undefined,
    operation: undefined,
    errors: undefined,
    metrics: {},
    overallCachePolicy: noCachePolicy,
    requestIsBatched: false,
    isExecuted: false,
  };
}

const noCache: GraphQLRequestContext<ServedContext>['cache'] = {
  get: () => Promise.resolve(undefined),
  set: () => Promise.resolve(),
  delete: () => Promise.resolve(false),
};

const noCachePolicy: GraphQLRequestContext<ServedContext>['overallCachePolicy'] = {
  replace: () => undefined,
  restrict: () => undefined,
  policyIfCacheable: () => null,
};

/** Adds what is known once the text is parsed. */
export function addDocument<Context extends ServedContext>(
  context: OperationRequest<Context>,
  text: string,
  { hash, document, operationOf }: ValidDocument,
): void {
  context.source = text;
  context.queryHash = hash;
  context.document = document;
  context.operation = operationOf(context.request.operationName);
  context.operationName = context.operation?.name?.value ?? null;
}
