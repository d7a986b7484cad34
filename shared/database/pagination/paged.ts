import { Kind, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';
import { Args, ArgsType, Field, Int } from 'type-graphql';

/** The page of a list. `first` and `last` must be between 1 and 1,000. */
@ArgsType()
class Page {
  @Field(() => Int, {
    nullable: true,
    defaultValue: 50,
    description: 'How many rows to return at most: 1 to 1,000, 50 when null.',
  })
  first: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the row to continue behind: `endCursor` of the page before.',
  })
  after: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'In place of `first`: how many rows to return at most from the end of the list.',
  })
  last: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'With `last`, the cursor of the row to continue before: `startCursor` of the page.',
  })
  before: string | null;

  /** Not an argument: see {@link Paged}. */
  isCounted: boolean;
}

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
  /** Whether to count the whole list in the same statement. @default false */
  readonly isCounted?: boolean;
}

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

/** Whether the operation gives an argument of a field, or leaves it to its default. */
function givesFirst({ fieldNodes, variableValues }: GraphQLResolveInfo): boolean {
  const value = fieldNodes[0]?.arguments?.find(({ name }) => name.value === 'first')?.value;
  if (value?.kind !== Kind.VARIABLE) return value !== undefined;
  return variableValues[value.name.value] !== undefined;
}

/**
 * Gives a field the arguments of a page, and its resolver their values. Its connection is counted
 * if the operation selects a count: the count is read in the same statement as the page.
 * @example `officers(@Paged() page: PageArguments)`
 */
export const Paged = () =>
  Args(() => Page, {
    validateFn(page: Page, _type, { info }) {
      page.isCounted = selectsCount(info);
      if (page.last != null && !givesFirst(info)) page.first = null;
    },
  });
