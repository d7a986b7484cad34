import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { isNeverAsked } from './decide-conditions.js';

/** A selection set, and the type that it applies to. */
export interface TypedSet {
  readonly set: SelectionSetNode;
  readonly parent: GraphQLCompositeType;
}

/** What is selected under one response key, for objects of one type. */
export interface FieldShape {
  readonly key: string;
  readonly name: string;
  /** The types on which it is selected. */
  readonly parents: Set<GraphQLCompositeType>;
  /** One response key may be selected several times. */
  readonly sets: TypedSet[];
}

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * Collects the fields that selection sets select on one type. Fields with the same response key are
 * merged, in their order.
 */
export function collectFields(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  sets: readonly TypedSet[],
  fragments?: Fragments,
): FieldShape[] {
  const shapes = new Map<string, FieldShape>();
  const collect = ({ set, parent }: TypedSet): void => {
    for (const selection of set.selections) {
      if (isNeverAsked(selection.directives)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const name = selection.name.value;
        const shape = shapes.get(key) ?? { key, name, parents: new Set(), sets: [] };
        shape.parents.add(parent);
        const inner = selection.selectionSet && typeOfField(parent, name);
        if (selection.selectionSet && inner) {
          shape.sets.push({ set: selection.selectionSet, parent: inner });
        }
        shapes.set(key, shape);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments?.get(selection.name.value);
      const condition =
        fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
      if (!fragment || (fragment.typeCondition && !applies(schema, condition, type))) continue;
      // A fragment on an interface selects the object’s own fields.
      const isNarrower = isCompositeType(condition) && !isObjectType(parent);
      collect({ set: fragment.selectionSet, parent: isNarrower ? condition : parent });
    }
  };
  sets.forEach(collect);
  return [...shapes.values()];
}

const typeOfField = (
  parent: GraphQLCompositeType,
  name: string,
): GraphQLCompositeType | undefined => {
  const type = 'getFields' in parent ? getNamedType(parent.getFields()[name]?.type) : undefined;
  return isCompositeType(type) ? type : undefined;
};

/** True if a fragment on `condition` applies to objects of this type. */
function applies(schema: GraphQLSchema, condition: unknown, type: GraphQLCompositeType): boolean {
  if (condition === type) return true;
  return (
    isAbstractType(condition as GraphQLCompositeType) &&
    'getInterfaces' in type &&
    schema.isSubType(condition as Parameters<GraphQLSchema['isSubType']>[0], type)
  );
}

/**
 * The field as the selection’s type defines it. On an interface it may be nullable although it is
 * not on the object.
 */
export function readDefinition(
  type: GraphQLCompositeType,
  { name, parents }: FieldShape,
): GraphQLField<unknown, unknown> | undefined {
  const [first] = parents;
  const selectedOn = parents.has(type) ? type : (first ?? type);
  return fieldsOf(selectedOn)[name] ?? fieldsOf(type)[name];
}

const fieldsOf = (type: GraphQLCompositeType): ReturnType<GraphQLObjectType['getFields']> =>
  'getFields' in type ? type.getFields() : {};
