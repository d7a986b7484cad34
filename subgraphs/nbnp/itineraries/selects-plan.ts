import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/** The fields of a stop that are not part of its plan. Callers who may see the visit read them. */
const fieldsOutsidePlan: ReadonlySet<string> = new Set([
  '__typename',
  'status',
  'siteContact',
  'siteContactOn',
]);

/**
 * Whether an operation selects a part of a stop’s plan, whatever its `@skip` and `@include` say.
 */
export function selectsPlan({
  fieldNodes,
  fragments,
}: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): boolean {
  const hasPlan = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      if (selection.kind === 'Field') return !fieldsOutsidePlan.has(selection.name.value);
      if (selection.kind === 'InlineFragment') return hasPlan(selection.selectionSet);
      return hasPlan(fragments[selection.name.value]?.selectionSet);
    }) ?? false;
  return fieldNodes.some(({ selectionSet }) => hasPlan(selectionSet));
}
