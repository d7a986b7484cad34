import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import {
  areMet,
  hiddenPrefix,
  readConditions,
  responseKeyOf,
  type Conditions,
  type Variables,
} from './selection.js';

/** Under this alias a partner is asked for the type of what may be of several types. */
export const hiddenTypename = `${hiddenPrefix}type`;

/** Under this alias a partner is asked for the field that says who owns a record. */
export const hiddenOwner = `${hiddenPrefix}owner`;

/** An answer that does not fit what was asked. The reason is for the hub’s log; it holds names of ours only. */
export class InvalidAnswer extends Error {
  override readonly name = 'InvalidAnswer';
}

/** What one answer is checked with, beside its selection. */
export interface ProjectionContext {
  readonly variables: Variables;
  /** True when a record whose owner field has this value may come from the partner that was asked. */
  isOwn(typeName: string, owner: unknown): boolean;
}

type Project = (value: unknown, context: ProjectionContext) => unknown;

/** A selection set that is asked under these conditions only. */
interface ConditionalSet {
  readonly set: SelectionSetNode;
  readonly conditions: Conditions;
}

interface FieldShape {
  readonly key: string;
  /** One of these has to be met for the field to be asked. */
  readonly alternatives: Conditions[];
  /** Of one response key there may be several, each asked under its own conditions. */
  readonly sets: ConditionalSet[];
  readonly name: string;
  project?: Project;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Makes a function that copies from an answer what its selection asked for, and nothing else: a key, a field or a type
 * that was not asked cannot pass, and what the schema promises is there. Only the type of each object is added.
 *
 * The function throws {@link InvalidAnswer} where the answer does not fit.
 */
export function compileProjection(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): ProjectObject {
  const unconditional = sets.map((set) => ({ set, conditions: [] }));
  return compileObject(schema, type, unconditional);
}

type ProjectObject = (
  value: unknown,
  context: ProjectionContext,
  /** Of the response keys, those that were asked in this answer. @default all */
  only?: ReadonlySet<string>,
) => Record<string, unknown>;

function compileObject(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  sets: readonly ConditionalSet[],
): ProjectObject {
  const shapes = new Map<string, FieldShape[]>();
  const shapeOf = (runtimeType: GraphQLObjectType): FieldShape[] => {
    let shape = shapes.get(runtimeType.name);
    if (!shape) {
      shape = readShape(schema, runtimeType, sets);
      shapes.set(runtimeType.name, shape);
    }
    return shape;
  };
  return (value, context, only) => {
    if (!isRecord(value)) throw new InvalidAnswer(`${type.name} is no object.`);
    const runtimeType = readRuntimeType(schema, type, value);
    const result: Record<string, unknown> = {};
    for (const field of shapeOf(runtimeType)) {
      const { key, alternatives } = field;
      if (only && !only.has(key)) continue;
      if (!alternatives.some((conditions) => areMet(conditions, context.variables))) continue;
      if (!Object.hasOwn(value, key)) {
        throw new InvalidAnswer(`${runtimeType.name}.${field.name} was asked and is not there.`);
      }
      field.project ??= compileField(schema, runtimeType, field);
      const projected = field.project(value[key], context);
      if (key === hiddenOwner) {
        // Whoever answers under the client’s name for the field answers the same, or tells of another’s record.
        const names = shapeOf(runtimeType).filter(({ name }) => name === field.name);
        const isSame = names.every(({ key: shown }) => (value[shown] ?? projected) === projected);
        if (!isSame || !context.isOwn(runtimeType.name, projected)) {
          throw new InvalidAnswer(`${runtimeType.name} is another partner’s record.`);
        }
      } else if (key !== hiddenTypename) {
        result[key] = projected;
      }
    }
    // Without it the engine leaves out what is asked in a fragment on an object type within one on an interface.
    if (!isRoot(schema, type) && !isInterfaceObject(runtimeType))
      result.__typename ??= runtimeType.name;
    return result;
  };
}

const isRoot = (schema: GraphQLSchema, type: GraphQLCompositeType): boolean =>
  type === schema.getQueryType() || type === schema.getMutationType();

/** What is an object type to this slice alone says nothing of the true type. */
const isInterfaceObject = ({ astNode }: GraphQLObjectType): boolean =>
  astNode?.directives?.some(({ name }) => name.value === 'interfaceObject') ?? false;

function readRuntimeType(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  value: Record<string, unknown>,
): GraphQLObjectType {
  if (!isAbstractType(type)) return type;
  const name = value[hiddenTypename] ?? value.__typename;
  const runtimeType = typeof name === 'string' ? schema.getType(name) : undefined;
  if (isObjectType(runtimeType) && schema.isSubType(type, runtimeType)) return runtimeType;
  throw new InvalidAnswer(`What stands for ${type.name} is of no type that it may be of.`);
}

/** The fields that the selection asks of one type, those of the same response key together. */
function readShape(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  sets: readonly ConditionalSet[],
): FieldShape[] {
  const shape = new Map<string, FieldShape>();
  const collect = (set: SelectionSetNode, outer: Conditions): void => {
    for (const selection of set.selections) {
      const conditions = [...outer, ...readConditions(selection.directives)];
      if (selection.kind === Kind.FIELD) {
        const key = responseKeyOf(selection);
        const field = shape.get(key) ?? {
          key,
          name: selection.name.value,
          alternatives: [],
          sets: [],
        };
        field.alternatives.push(conditions);
        if (selection.selectionSet) field.sets.push({ set: selection.selectionSet, conditions });
        shape.set(key, field);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(schema, selection.typeCondition?.name.value, type)) {
          collect(selection.selectionSet, conditions);
        }
      }
    }
  };
  for (const { set, conditions } of sets) collect(set, conditions);
  return [...shape.values()];
}

function applies(
  schema: GraphQLSchema,
  condition: string | undefined,
  type: GraphQLObjectType,
): boolean {
  if (condition === undefined || condition === type.name) return true;
  const conditionType = schema.getType(condition);
  return isAbstractType(conditionType) && schema.isSubType(conditionType, type);
}

function compileField(schema: GraphQLSchema, type: GraphQLObjectType, field: FieldShape): Project {
  if (field.name === '__typename') {
    return (value) => {
      if (value === type.name) return value;
      throw new InvalidAnswer(`${type.name} says that it is something else.`);
    };
  }
  const definition = type.getFields()[field.name];
  if (!definition) throw new InvalidAnswer(`${type.name} has no field ${field.name}.`);
  return compileValue(schema, definition.type, field.sets, `${type.name}.${field.name}`);
}

function compileValue(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  sets: readonly ConditionalSet[],
  coordinate: string,
): Project {
  if (isNonNullType(type)) {
    const inner = compileValue(schema, type.ofType, sets, coordinate);
    return (value, context) => {
      if (value === null) throw new InvalidAnswer(`${coordinate} is null, which it never is.`);
      return inner(value, context);
    };
  }
  if (isListType(type)) {
    const item = compileValue(schema, type.ofType, sets, coordinate);
    return (value, context) => {
      if (value === null) return null;
      if (!Array.isArray(value)) throw new InvalidAnswer(`${coordinate} is no list.`);
      return value.map((element) => item(element, context));
    };
  }
  if (isCompositeType(type)) {
    const project = compileObject(schema, type, sets);
    return (value, context) => (value === null ? null : project(value, context));
  }
  const isOfType = createLeafCheck(type);
  return (value) => {
    if (value === null || isOfType(value)) return value;
    throw new InvalidAnswer(`${coordinate} is no ${getNamedType(type).name}.`);
  };
}

const maxScalarDepth = 200;

const isShallow = (value: unknown, depth: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1)));

function createLeafCheck(type: GraphQLOutputType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const values = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => values.has(value);
  }
  switch (getNamedType(type).name) {
    case 'Int':
      return (value) => Number.isInteger(value) && value === (Number(value) | 0);
    case 'Float':
      return Number.isFinite;
    case 'String':
      return (value) => typeof value === 'string';
    case 'Boolean':
      return (value) => typeof value === 'boolean';
    case 'ID':
      return (value) => typeof value === 'string' || Number.isInteger(value);
    default:
      // The form of a custom scalar is its owner’s matter, but not how deep it goes: writing it out costs stack.
      return (value) => isShallow(value, maxScalarDepth);
  }
}
