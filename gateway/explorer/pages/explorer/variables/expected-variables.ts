import {
  isInputType,
  Kind,
  parse,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/** A variable that an operation declares. */
export interface ExpectedVariable {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly hasDefault: boolean;
}

/** The operation of a document that runs: the named one, else the first. */
function findOperation(query: string, name?: string): OperationDefinitionNode | undefined {
  const operations = parse(query).definitions.filter(
    (node) => node.kind === Kind.OPERATION_DEFINITION,
  );
  return operations.find((node) => name === undefined || node.name?.value === name);
}

/**
 * The variables of the operation that runs. Undefined while that cannot be said: the document has an
 * error, or the schema does not have a type.
 */
export function listExpected(
  schema: GraphQLSchema,
  query: string,
  operationName?: string,
): readonly ExpectedVariable[] | undefined {
  try {
    const declared = findOperation(query, operationName)?.variableDefinitions;
    const expected = declared?.flatMap(({ variable, type: node, defaultValue }) => {
      const type = typeFromAST(schema, node);
      if (!isInputType(type)) return [];
      return [{ name: variable.name.value, type, hasDefault: defaultValue !== undefined }];
    });
    return expected?.length === declared?.length ? expected : undefined;
  } catch {
    return undefined;
  }
}
