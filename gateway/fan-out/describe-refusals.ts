import { catalogue } from '@hub/shared/errors';
import { describeAllowed, isPurposeName } from '@hub/shared/identity';
import { readersIn } from '@hub/shared/policy';
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isObjectType,
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
} from '../engine/documents/collect-fields.js';
import { readFragments } from '../engine/documents/read-fragments.js';

/** The operation that was executed. */
interface Executed {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** The field at a path of the response. The rule of its type is its own, unless it says another. */
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
    if (field && readersIn(field.description ?? '') === '')
      field = { ...field, description: parent.description };
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
  return `\`${argument}\` is not valid. ${input.description}`;
}

/** Who may read or call something, as a sentence: `officer` is read by … */
const sayWhoMay = ({ name, description }: Described): string[] => {
  const [, verb = '', who] = /^(Read|Called) by: (.+)$/s.exec(readersIn(description ?? '')) ?? [];
  return who === undefined ? [] : [`\`${name}\` is ${verb.toLowerCase()} by ${who}`];
};

const haveOneRule = (a: Described, b: Described): boolean =>
  readersIn(a.description ?? '') === readersIn(b.description ?? '');

type Described = Pick<GraphQLField<unknown, unknown>, 'name' | 'description'>;

const refuse = (elements: readonly Described[]): string =>
  [catalogue.FORBIDDEN.message, ...new Set(elements.flatMap(sayWhoMay))].join(' ');

/** The message for a refused value: the rule of its field, and that of the record in it. */
function describeValue(
  executed: Executed,
  path: NonNullable<GraphQLFormattedError['path']>,
): string | undefined {
  const field = findField(executed, path);
  if (!field) return undefined;
  const isItem = typeof path.at(-1) === 'number';
  const isCall = executed.operation.operation === 'mutation' && path.length === 1;
  const type = getNullableType(field.type);
  const record = isItem ? getNamedType(type) : type;
  if (!isObjectType(record) || isCall) return refuse(isItem ? [] : [field]);
  return refuse(isItem || haveOneRule(field, record) ? [record] : [field, record]);
}

/** The message for a caller who may execute none of the mutations of an operation. */
export function describeCallers({ schema, document, operation }: Executed): string {
  const parent = schema.getMutationType();
  if (!parent) return refuse([]);
  const sets = [{ set: operation.selectionSet, parent }];
  const shapes = collectFields(schema, parent, sets, readFragments(document));
  return refuse(shapes.flatMap((shape) => readDefinition(parent, shape) ?? []));
}

/**
 * Says of each refused argument what is allowed, and of each refused value who may read it, in the
 * words of the schema: the hub passes on no text of a partner. Other errors stay as they are, and so
 * do those that already say it.
 */
export function describeRefusals(
  errors: readonly GraphQLFormattedError[],
  executed: Executed,
): GraphQLFormattedError[] {
  // One field or argument may be refused in each row of a list.
  const messages = new Map<string, string | undefined>();
  return errors.map((error) => {
    const { message, path, extensions } = error;
    const argument = extensions?.['argument'];
    if (!path) return error;
    const purposes: unknown = extensions?.['purposes'];
    if (message === catalogue.PURPOSE_NOT_ALLOWED.message && Array.isArray(purposes))
      return { ...error, message: describeAllowed(purposes.filter(isPurposeName)) };
    const isOfValue = message === catalogue.FORBIDDEN.message;
    const isOfArgument =
      message === catalogue.BAD_USER_INPUT.message && typeof argument === 'string';
    if (!isOfValue && !isOfArgument) return error;
    const subject = isOfArgument ? argument : typeof path.at(-1);
    const key = [...path.filter((step) => typeof step === 'string'), subject].join(' ');
    if (!messages.has(key)) {
      const text = isOfArgument
        ? describe(executed, path, argument)
        : describeValue(executed, path);
      messages.set(key, text);
    }
    return { ...error, message: messages.get(key) ?? message };
  });
}
