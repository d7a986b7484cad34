import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { OperationLimits } from './limits.js';

type Variables = Readonly<Record<string, unknown>>;

export interface CostOptions {
  readonly schema: GraphQLSchema;
  /** A valid document within the other limits. Its fragments are inlined. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables;
  readonly limits: Pick<OperationLimits, 'listSize' | 'pageSize'>;
}

/** Arguments with the greatest length of a list. */
const sizeArguments: readonly string[] = ['first', 'last', 'limit'];

class Costing {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  /** True if another request with the same operation may have another cost. */
  dependsOnVariables = false;

  constructor(private readonly options: CostOptions) {
    for (const definition of options.document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.#fragments.set(definition.name.value, definition);
      }
    }
  }

  /** @param size the `first` of a connection, for the lists directly below it */
  costOfSet(set: SelectionSetNode, type: GraphQLCompositeType, size?: number): number {
    let cost = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        cost += this.#costOfField(selection, type, size);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : this.#fragments.get(selection.name.value);
      if (!fragment) continue;
      const name = fragment.typeCondition?.name.value;
      const condition = name === undefined ? type : this.options.schema.getType(name);
      if (isCompositeType(condition))
        cost += this.costOfSet(fragment.selectionSet, condition, size);
    }
    return cost;
  }

  #costOfField(field: FieldNode, parent: GraphQLCompositeType, inherited?: number): number {
    const definition = this.#findField(field.name.value, parent);
    const type = definition && getNamedType(definition.type);
    if (!definition || !field.selectionSet || !isCompositeType(type)) return 1;
    const own = this.#readSize(field, definition);
    const lists = countLists(definition.type);
    if (lists === 0) return 1 + this.costOfSet(field.selectionSet, type, own);
    const { listSize } = this.options.limits;
    const size = (own ?? inherited ?? listSize) * listSize ** (lists - 1);
    return size === 0 ? 1 : size * (1 + this.costOfSet(field.selectionSet, type));
  }

  #findField(
    name: string,
    parent: GraphQLCompositeType,
  ): GraphQLField<unknown, unknown> | undefined {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  }

  #readSize(field: FieldNode, definition: GraphQLField<unknown, unknown>): number | undefined {
    const sizes: number[] = [];
    const defaults: number[] = [];
    for (const { name, defaultValue } of definition.args) {
      const isSize = sizeArguments.includes(name);
      if (!isSize && name !== 'representations') continue;
      const given = field.arguments?.find((argument) => argument.name.value === name);
      const value = given ? this.#readValue(given.value) : defaultValue;
      if (Array.isArray(value)) return value.length;
      if (isSize && typeof value === 'number' && value >= 0) {
        (given ? sizes : defaults).push(Math.min(value, this.options.limits.pageSize));
      }
    }
    // A default does not count beside a size that is given: `last` takes the place of `first`.
    const largest = sizes.length > 0 ? sizes : defaults;
    return largest.length > 0 ? Math.max(...largest) : undefined;
  }

  /** A number, or a list of which only the length matters. */
  #readValue(value: ValueNode): unknown {
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind === Kind.LIST) return value.values;
    if (value.kind !== Kind.VARIABLE) return undefined;
    this.dependsOnVariables = true;
    const name = value.name.value;
    const given = this.options.variables[name];
    if (given !== undefined) return given;
    const definition = this.options.operation.variableDefinitions?.find(
      ({ variable }) => variable.name.value === name,
    );
    return definition?.defaultValue && this.#readValue(definition.defaultValue);
  }
}

function countLists(type: GraphQLOutputType): number {
  let lists = 0;
  for (let inner = getNullableType(type); isListType(inner);) {
    lists += 1;
    inner = getNullableType(inner.ofType as GraphQLOutputType);
  }
  return lists;
}

/**
 * The most values that a response can have, as gateway/docs/limits.md defines it. `Infinity` if it is too large
 * to count. `isFixed` if it does not depend on the variables.
 */
export function measureCost(options: CostOptions): {
  readonly cost: number;
  readonly isFixed: boolean;
} {
  const type = options.schema.getRootType(options.operation.operation);
  if (!type) return { cost: 0, isFixed: true };
  const costing = new Costing(options);
  const cost = costing.costOfSet(options.operation.selectionSet, type);
  return { cost, isFixed: !costing.dependsOnVariables };
}
