import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { readConditions, type Conditions } from './conditions.js';

/** A selection set that is asked under these conditions only. */
export interface ConditionalSet {
  readonly set: SelectionSetNode;
  readonly conditions: Conditions;
  /** The type that it is written for. */
  readonly parent: GraphQLCompositeType;
}

/** What is asked under one response key of objects of one type. */
export interface FieldShape {
  readonly key: string;
  readonly name: string;
  /** The types on which it is selected. */
  readonly parents: Set<GraphQLCompositeType>;
  /** One of these has to be met for the field to be asked. */
  readonly alternatives: Conditions[];
  /** Of one response key there may be several, each asked under its own conditions. */
  readonly sets: ConditionalSet[];
}

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The fields that selection sets ask of one type, those of the same response key together, in their order. */
export function collectFields(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  sets: readonly ConditionalSet[],
  fragments?: Fragments,
): FieldShape[] {
  const shapes = new Map<string, FieldShape>();
  const collect = (
    set: SelectionSetNode,
    outer: Conditions,
    parent: GraphQLCompositeType,
  ): void => {
    for (const selection of set.selections) {
      const own = readConditions(selection.directives);
      const conditions = own.length > 0 ? [...outer, ...own] : outer;
      if (conditions.some(isNeverMet)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const name = selection.name.value;
        const shape = shapes.get(key) ?? createShape(key, name);
        shape.parents.add(parent);
        shape.alternatives.push(conditions);
        const inner = selection.selectionSet && typeOfField(parent, name);
        if (selection.selectionSet && inner) {
          shape.sets.push({ set: selection.selectionSet, conditions, parent: inner });
        }
        shapes.set(key, shape);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments?.get(selection.name.value);
      const condition =
        fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
      if (!fragment || (fragment.typeCondition && !applies(schema, condition, type))) continue;
      // Of what is selected on an object, also within a fragment on what it implements, the object’s own fields count.
      const isNarrower = isCompositeType(condition) && !isObjectType(parent);
      collect(fragment.selectionSet, conditions, isNarrower ? condition : parent);
    }
  };
  for (const { set, conditions, parent } of sets) collect(set, conditions, parent);
  return [...shapes.values()];
}

const createShape = (key: string, name: string): FieldShape => ({
  key,
  name,
  parents: new Set(),
  alternatives: [],
  sets: [],
});

const isNeverMet = ({ variable, is }: Conditions[number]): boolean =>
  typeof variable === 'boolean' && variable !== is;

const typeOfField = (
  parent: GraphQLCompositeType,
  name: string,
): GraphQLCompositeType | undefined => {
  const type = 'getFields' in parent ? getNamedType(parent.getFields()[name]?.type) : undefined;
  return isCompositeType(type) ? type : undefined;
};

/** True when what is selected on `condition` is selected of objects of this type. */
function applies(schema: GraphQLSchema, condition: unknown, type: GraphQLCompositeType): boolean {
  if (condition === type) return true;
  return (
    isAbstractType(condition as GraphQLCompositeType) &&
    'getInterfaces' in type &&
    schema.isSubType(condition as Parameters<GraphQLSchema['isSubType']>[0], type)
  );
}
