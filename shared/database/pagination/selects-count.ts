import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import { createParameterDecorator } from 'type-graphql';

const counts: ReadonlySet<string> = new Set(['totalCount', 'countAtLeast']);

/** Whether the operation selects a count of a field’s connection. Conditions count as true. */
function selectsCount({ fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  const hasCount = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      if (selection.kind === 'Field') return counts.has(selection.name.value);
      if (selection.kind === 'InlineFragment') return hasCount(selection.selectionSet);
      return hasCount(fragments[selection.name.value]?.selectionSet);
    }) ?? false;
  return fieldNodes.some(({ selectionSet }) => hasCount(selectionSet));
}

/**
 * Tells a resolver whether the operation selects a count of its connection. The count is read in
 * the same statement as the page, so this must be known before.
 * @example `officers(@Args(() => Page) page: Page, @IsCounted() isCounted: boolean)`
 */
export function IsCounted(): ParameterDecorator {
  return createParameterDecorator(({ info }) => selectsCount(info)) as ParameterDecorator;
}

/** @throws if a count is requested of a page that was read without one */
export function requireCount(count: number | undefined): number {
  if (count !== undefined) return count;
  throw new ReferenceError('The count was not read. The resolver must pass `@IsCounted()` on.');
}
