import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
  type FieldNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Lacks } from './lacks.js';

type Variables = Readonly<Record<string, unknown>>;

/** The fields of an operation that a partner cannot resolve. */
export interface LackingFields {
  /** Whatever the variables are. */
  readonly always: ReadonlySet<FieldNode>;
  /** Fields whose arguments may have something that the partner does not know. */
  readonly byValue: readonly {
    readonly field: FieldNode;
    isLacking(variables: Variables): boolean;
  }[];
}

/**
 * Finds the fields of an operation that a partner cannot resolve, because its schema lacks the field, an argument that
 * is given, or a part of an argument’s value.
 */
export function findLacking(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  lacks: Lacks,
): LackingFields {
  const always = new Set<FieldNode>();
  const byValue: LackingFields['byValue'][number][] = [];
  const types = new TypeInfo(schema);
  const visitor = {
    Field(field: FieldNode) {
      const parent = types.getParentType();
      const definition = types.getFieldDef();
      if (!parent || !definition) return;
      const coordinate = `${parent.name}.${definition.name}`;
      const given = field.arguments ?? [];
      const lacksArgument = given.some(({ name }) => lacks.has(`${coordinate}(${name.value}:)`));
      if (lacks.has(coordinate) || lacksArgument) {
        always.add(field);
        return;
      }
      const suspects = given.flatMap(({ name, value }) => {
        const type = definition.args.find((argument) => argument.name === name.value)?.type;
        return type && mayLack(type, lacks) ? [{ type, value }] : [];
      });
      if (suspects.length === 0) return;
      byValue.push({
        field,
        isLacking: (variables) =>
          suspects.some(({ type, value }) =>
            hasLacking(type, valueFromASTUntyped(value, variables), lacks),
          ),
      });
    },
  };
  visit(operation, visitWithTypeInfo(types, visitor));
  return { always, byValue };
}

/** True if some value of an input type has something that the partner lacks. */
function mayLack(type: GraphQLInputType, lacks: Lacks, seen = new Set<string>()): boolean {
  const named = getNamedType(type);
  if (seen.has(named.name)) return false;
  seen.add(named.name);
  if ([...lacks].some((coordinate) => coordinate.startsWith(`${named.name}.`))) return true;
  return (
    isInputObjectType(named) &&
    Object.values(named.getFields()).some((field) => mayLack(field.type, lacks, seen))
  );
}

function hasLacking(type: GraphQLInputType, value: unknown, lacks: Lacks): boolean {
  if (value === null || value === undefined) return false;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.some((item) => hasLacking(nullable.ofType as GraphQLInputType, item, lacks));
  }
  if (!isInputObjectType(nullable)) {
    const name = typeof value === 'string' ? value : '';
    return lacks.has(`${getNamedType(nullable).name}.${name}`);
  }
  const fields = nullable.getFields();
  return Object.entries(value).some(([name, inner]) => {
    const field = fields[name];
    if (lacks.has(`${nullable.name}.${name}`)) return true;
    return field !== undefined && hasLacking(field.type, inner, lacks);
  });
}
