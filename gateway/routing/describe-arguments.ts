import { catalogue } from '@hub/shared/errors';
import { longestArgument } from '@hub/shared/scalars';
import {
  getNamedType,
  isCompositeType,
  isInputObjectType,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLFormattedError,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import {
  collectFields,
  readDefinition,
  type FieldShape,
  type TypedSet,
} from '../documents/collect-fields.js';
import { readFragments } from '../documents/read-fragments.js';

/** The operation that was executed. */
interface Executed {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** The field at a path of the response. */
function findField(
  { schema, document, operation }: Executed,
  path: NonNullable<GraphQLFormattedError['path']>,
): GraphQLField<unknown, unknown> | undefined {
  const fragments = readFragments(document);
  let parent: GraphQLNamedType | null | undefined = schema.getRootType(operation.operation);
  let sets: readonly TypedSet[] = isCompositeType(parent)
    ? [{ set: operation.selectionSet, parent }]
    : [];
  let field: GraphQLField<unknown, unknown> | undefined;
  for (const step of path) {
    if (typeof step === 'number') continue;
    if (!isCompositeType(parent)) return undefined;
    const shapes: readonly FieldShape[] = collectFields(schema, parent, sets, fragments);
    const shape = shapes.find(({ key }) => key === step);
    field = shape && readDefinition(parent, shape);
    sets = shape?.sets ?? [];
    parent = field && getNamedType(field.type);
  }
  return field;
}

/** What `input.title` names: an argument of the field, or what is in one. */
function findInput(
  { args }: GraphQLField<unknown, unknown>,
  argument: string,
): GraphQLArgument | GraphQLInputField | undefined {
  const [first, ...rest] = argument.split('.');
  let found: GraphQLArgument | GraphQLInputField | undefined = args.find(
    ({ name }) => name === first,
  );
  for (const name of rest) {
    const type = found && getNamedType(found.type);
    found = isInputObjectType(type) ? type.getFields()[name] : undefined;
  }
  return found;
}

/** The message for a refused argument; undefined where the schema does not describe it. */
function describe(
  executed: Executed,
  path: NonNullable<GraphQLFormattedError['path']>,
  argument: string,
): string | undefined {
  const field = findField(executed, path);
  const input = field && findInput(field, argument);
  if (!input?.description) return undefined;
  const scalar = String(getNamedType(input.type));
  const most = longestArgument(input.name, scalar).toLocaleString('en');
  const ofText =
    executed.operation.operation === 'mutation' && scalar === 'String'
      ? ` A text must have 1 to ${most} characters.`
      : '';
  return `\`${argument}\` is not valid. ${input.description}${ofText}`;
}

/**
 * Says of each refused argument what is allowed, in the words of the schema: the hub passes on no
 * text of a partner. Other errors stay as they are, and so do those that already say it.
 */
export function describeArguments(
  errors: readonly GraphQLFormattedError[],
  executed: Executed,
): GraphQLFormattedError[] {
  // One argument may be refused in each row of a list.
  const messages = new Map<string, string | undefined>();
  return errors.map((error) => {
    const { message, path, extensions } = error;
    const argument = extensions?.['argument'];
    const isGeneral = message === catalogue.BAD_USER_INPUT.message;
    if (!isGeneral || !path || typeof argument !== 'string') return error;
    const key = [...path.filter((step) => typeof step === 'string'), argument].join(' ');
    if (!messages.has(key)) messages.set(key, describe(executed, path, argument));
    return { ...error, message: messages.get(key) ?? message };
  });
}
