import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { HubError, refuseInput } from '../../errors/hub-error.js';
import { isOneLine, oneLineRule } from '../../system/one-line.js';
import { formOfScalar, isLine, longest, longestArgument } from '../scalars/scalars.js';
import { fieldOf, InputUses, itemOf, itemType, type Input, type InputUse } from './text-uses.js';

/** Each partner stores the name of the operation in its disclosure record. */
export const longestOperationName = 255;

/**
 * Checks the length of an operation’s name, in the document and in the request.
 * @throws HubError `BAD_REQUEST`
 */
export function checkOperationName(name: string | undefined): void {
  if (name === undefined || name.length <= longestOperationName) return;
  const message = `The name of an operation must have at most ${longestOperationName} characters.`;
  throw new HubError('BAD_REQUEST', { message });
}

type Variables = Readonly<Record<string, unknown>>;

/** The refusal of a text that is too long. It never repeats the text. */
function tooLong(argument: string, most: number): HubError {
  const message = `\`${argument}\` must have at most ${most.toLocaleString('en')} characters.`;
  return new HubError('BAD_USER_INPUT', { argument, message });
}

/**
 * Items are counted before any of them is checked. Only the hub sends representations, and they
 * have their own limit.
 */
function checkItems(count: number, { type, path }: Input): void {
  if (count <= longest.list || String(itemType(type)) === '_Any') return;
  refuseInput(path, `\`${path}\` must have at most ${longest.list.toLocaleString('en')} items.`);
}

/**
 * Refuses what is not of its scalar’s form. The hub’s schema has no code for scalars: it would plan and send any value.
 */
function checkForm(value: unknown, { type, path }: Input): void {
  const scalar = String(itemType(type));
  const form = formOfScalar(scalar);
  if (!form || (typeof value === 'string' && form.isOfForm(value))) return;
  refuseInput(path, `\`${path}\` must be of type ${scalar}. ${form.description}`);
}

function checkText(text: string, { name, type, path }: Input): void {
  const item = itemType(type);
  const most = isEnumType(item) ? longest.word : longestArgument(name, String(item));
  if (text.length > most) throw tooLong(path, most);
  if (!isLine(name, String(item)) || isOneLine(text)) return;
  refuseInput(path, `\`${path}\` ${oneLineRule}`);
}

const isList = ({ type }: Input): boolean => isListType(getNullableType(type));

/** A value of a scalar for any JSON: its texts have the limit of free text. */
function checkAny(value: unknown, path: string): void {
  if (typeof value === 'string' && value.length > longest.freeText) {
    throw tooLong(path, longest.freeText);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) checkAny(inner, path);
}

function checkValue(value: unknown, input: Input): void {
  if (value === null) return;
  if (Array.isArray(value)) {
    checkItems(value.length, input);
    if (!isList(input)) checkForm(value, input);
    for (const [index, each] of value.entries()) checkValue(each, itemOf(input, index));
    return;
  }
  if (typeof value === 'string') checkText(value, input);
  checkForm(value, input);
  if (typeof value !== 'object') return;
  const type = itemType(input.type);
  if (!isInputObjectType(type)) return checkAny(value, input.path);
  for (const field of Object.values(type.getFields())) {
    const inner = (value as Variables)[field.name];
    if (inner !== undefined) checkValue(inner, fieldOf(input, field));
  }
}

function checkLiteral({ node, ...input }: InputUse): void {
  if (node.kind === Kind.VARIABLE || node.kind === Kind.NULL) return;
  if (node.kind === Kind.LIST) {
    checkItems(node.values.length, input);
    if (!isList(input)) checkForm(undefined, input);
    return;
  }
  if (node.kind === Kind.OBJECT) checkAny(valueFromASTUntyped(node), input.path);
  else if (typeof node.value === 'string') checkText(node.value, input);
  checkForm(node.kind === Kind.STRING ? node.value : undefined, input);
}

/** A variable, and one of its uses. */
interface VariableUse extends InputUse {
  readonly variable: string;
}

/**
 * The uses of variables in the documents of one schema. A document is read once for many requests.
 */
const readDocuments = new WeakMap<DocumentNode, readonly VariableUse[]>();

/** Uses with the same limit are listed once, so that a long list in a variable is checked once. */
function readVariableUses({ found }: InputUses): VariableUse[] {
  const uses = new Map<string, VariableUse>();
  for (const use of found) {
    if (use.node.kind !== Kind.VARIABLE) continue;
    const { name, type, definition } = use;
    const variable = use.node.name.value;
    const scope = definition.kind === Kind.OPERATION_DEFINITION ? definition.name?.value : '...';
    const key = `${variable} ${scope} ${name} ${String(type)}`;
    if (!uses.has(key)) uses.set(key, { ...use, variable });
  }
  return [...uses.values()];
}

function readDocument(schema: GraphQLSchema, document: DocumentNode): readonly VariableUse[] {
  const known = readDocuments.get(document);
  if (known) return known;
  const inputs = new InputUses(schema, document);
  inputs.found.forEach(checkLiteral);
  const uses = readVariableUses(inputs);
  for (const use of uses) {
    for (const node of inputs.defaults.get(use.variable) ?? []) {
      checkValue(valueFromASTUntyped(node), use);
    }
  }
  readDocuments.set(document, uses);
  return uses;
}

/**
 * Holds the texts and lists that a document itself gives to arguments to their forms and longest lengths, before
 * validation looks at them.
 * @throws HubError `BAD_USER_INPUT` with `argument`
 */
export function checkLiterals(schema: GraphQLSchema, document: DocumentNode): void {
  readDocument(schema, document);
}

/**
 * Holds variables to the forms and the longest lengths of all arguments that they are used for.
 * @throws HubError `BAD_USER_INPUT` with `argument`
 */
export function checkVariableTexts(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): void {
  for (const use of readDocument(schema, document)) {
    const { definition, variable } = use;
    if (definition.kind === Kind.OPERATION_DEFINITION && definition !== operation) continue;
    if (Object.hasOwn(variables, variable)) checkValue(variables[variable], use);
  }
}
