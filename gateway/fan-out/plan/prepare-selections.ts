import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { createField, createSelectionSet } from '../../engine/documents/selection.js';
import { hidden, hiddenOwner, hiddenTypename } from '../response/hidden-fields.js';
import { sortFieldsOf, type GatherRule } from '../rules/fan-out-rules.js';
import type { SubgraphModel } from '../rules/subgraph-model.js';

/**
 * Adds what the hub needs to a selection before it is sent: type names of abstract types, owners of
 * records, and the sort keys of gathered lists.
 */
export function prepareSelections(
  model: SubgraphModel,
  set: SelectionSetNode,
  type: GraphQLCompositeType,
): SelectionSetNode {
  const additions: SelectionNode[] = [];
  if (isAbstractType(type)) additions.push(createField('__typename', { alias: hiddenTypename }));
  else additions.push(...addOwner(model, type));
  const selections = set.selections.map((selection): SelectionNode => {
    if (selection.kind === Kind.FIELD) return prepareField(model, selection, type);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
    const condition =
      selection.typeCondition && model.schema.getType(selection.typeCondition.name.value);
    const inner = isCompositeType(condition) ? condition : type;
    const selectionSet = prepareSelections(model, selection.selectionSet, inner);
    return { ...selection, selectionSet };
  });
  return createSelectionSet([...selections, ...additions]);
}

function prepareField(
  model: SubgraphModel,
  field: FieldNode,
  parent: GraphQLCompositeType,
): FieldNode {
  if (!field.selectionSet || !(isObjectType(parent) || isInterfaceType(parent))) return field;
  const type = getNamedType(parent.getFields()[field.name.value]?.type);
  if (!isCompositeType(type)) return field;
  const { selections } = prepareSelections(model, field.selectionSet, type);
  const rule = model.rules?.gatheredFields.get(`${parent.name}.${field.name.value}`);
  const sortKeys = rule ? addSortKeys(model, rule, type, field) : [];
  return { ...field, selectionSet: createSelectionSet([...selections, ...sortKeys]) };
}

function addSortKeys(
  model: SubgraphModel,
  rule: GatherRule,
  type: GraphQLNamedType,
  field: FieldNode,
): SelectionNode[] {
  const gives = (argument: string) => field.arguments?.some(({ name }) => name.value === argument);
  // The value of `orderBy` may be a variable.
  const keys = gives('orderBy') ? sortFieldsOf(rule) : rule.orderBy;
  const sortKeys = keys.map((key, index) => createField(key, { alias: hidden.sortKey(index) }));
  if (rule.mergeKind !== 'connection') return sortKeys;
  const edge = isObjectType(type) ? getNamedType(type.getFields().edges?.type) : undefined;
  const node = isObjectType(edge) ? getNamedType(edge.getFields().node?.type) : undefined;
  const owner = isObjectType(node) ? addOwner(model, node) : [];
  return [
    createField('edges', {
      alias: hidden.edges,
      selections: [
        createField('cursor', { alias: hidden.cursor }),
        createField('node', { alias: hidden.node, selections: [...sortKeys, ...owner] }),
      ],
    }),
    createField('pageInfo', {
      alias: hidden.pageInfo,
      selections: [
        createField('hasNextPage', { alias: hidden.hasNextPage }),
        ...(gives('last')
          ? [createField('hasPreviousPage', { alias: hidden.hasPreviousPage })]
          : []),
      ],
    }),
  ];
}

/** Selects the owner of a record, unless the owner is already known. */
function addOwner(model: SubgraphModel, type: GraphQLNamedType): SelectionNode[] {
  const route = model.rules?.routedTypes.get(type.name);
  const by = route?.by[0];
  if (by === undefined || !isObjectType(type)) return [];
  const directives = type.getFields()[by]?.astNode?.directives ?? [];
  const isExternal = directives.some(({ name }) => name.value === 'external');
  return isExternal ? [] : [createField(by, { alias: hiddenOwner })];
}
