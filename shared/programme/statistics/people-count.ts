import 'reflect-metadata';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { HubError } from '../../errors/hub-error.js';
import { Access } from '../../identity/access.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { readsEverybody } from '../sides/people.js';

/** A count of people or of their actions, as the caller may see it. */
@Directive('@shareable')
@ObjectType({
  description:
    'A count of people or of their actions. Callers who may not see the people get a range if the count is below the owner’s threshold.',
})
@Access('open')
export class PeopleCount {
  @Field(() => Int, {
    nullable: true,
    description: 'The exact count. Null if it is withheld; it is then within the range.',
  })
  value: number | null;

  @Field(() => Int, {
    description: 'The count is this or more; equal to `value` if that is shown.',
  })
  atLeast: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'The count is this or less. Null if the upper end is withheld too, because another count could be derived from it.',
  })
  atMost: number | null;
}

type CountContext = Pick<PartnerContext, 'reader' | 'partner' | 'countThreshold'>;

const exactly = (value: number): PeopleCount => ({ value, atLeast: value, atMost: value });

/**
 * A single count. Callers who may see all of the people get it exactly. Others get a range for zero
 * and for a few.
 */
export function showCount(count: number, context: CountContext): PeopleCount {
  if (readsEverybody(context) || count >= context.countThreshold) return exactly(count);
  return { value: null, atLeast: 0, atMost: context.countThreshold - 1 };
}

/**
 * A count of some of the people whom another, open count has. Callers who may not see the people do
 * not get it exactly if the difference would reveal a few.
 */
export function showBeside(count: number, all: number, context: CountContext): PeopleCount {
  const [shown] = showParts([count], context, [[exactly(all)]]);
  return shown ?? hiddenCount;
}

/** A count that is withheld completely. */
export const hiddenCount: PeopleCount = { value: null, atLeast: 0, atMost: null };

/**
 * The counts of the parts of a whole whose total may be known from elsewhere (`Group.memberCount`),
 * together with the earlier columns of the same table. Hidden are: a count below the threshold; a
 * count whose difference from another count of its row is below the threshold; and, if the total
 * and the ranges would reveal more than the ranges do, the first of the other counts. Not the
 * smallest one, because that would reveal its maximum.
 * @param earlier the columns before this one, as they are shown
 */
export function showParts(
  counts: readonly (number | undefined)[],
  context: CountContext,
  earlier: readonly (readonly PeopleCount[])[] = [],
): PeopleCount[] {
  const isNearby = (count: number, row: number) =>
    !readsEverybody(context) &&
    earlier.some((column) => isNear(count, column[row]?.value ?? null, context));
  const many: PeopleCount = { value: null, atLeast: context.countThreshold, atMost: null };
  const shown = counts.map((count, row) => {
    if (count === undefined) return hiddenCount;
    const alone = showCount(count, context);
    return alone.value !== null && isNearby(count, row) ? many : alone;
  });
  const few = counts.flatMap((count) =>
    count !== undefined && count < context.countThreshold && !readsEverybody(context) ? count : [],
  );
  const areNear = shown.includes(many);
  const along = shown.findIndex(({ value }) => value !== null);
  if (along >= 0 && (areNear || areNarrowed(few, context))) shown[along] = many;
  return shown;
}

/**
 * True if the difference of a count and a shown count beside it would reveal few people. Hiding it
 * leaves at least two possible values.
 */
function isNear(count: number, shown: number | null, { countThreshold }: CountContext): boolean {
  if (shown === null || countThreshold === 1) return false;
  const difference = Math.abs(count - shown);
  if (difference === 0) return shown === countThreshold + 1;
  return difference <= Math.max(2, countThreshold - 1);
}

/**
 * True if the sum of the hidden counts narrows one of them further than its range: a single one, or
 * nearly all at their maximum.
 */
function areNarrowed(few: readonly number[], { countThreshold }: CountContext): boolean {
  const sum = few.reduce((total, count) => total + count, 0);
  return few.length === 1 || sum > Math.max(0, few.length - 1) * (countThreshold - 1);
}

/**
 * Allows a filter on people (of some groups, of one region) only to callers who may see the people.
 * Others could compute hidden counts from the difference of two counts.
 * @throws HubError `FORBIDDEN`
 */
export function checkMayPick(
  picks: readonly unknown[],
  context: Pick<PartnerContext, 'reader' | 'partner'>,
): void {
  if (picks.some((pick) => pick != null) && !readsEverybody(context))
    throw new HubError('FORBIDDEN');
}

/**
 * A count of the records that the caller may know of. Nothing is shown if more than the threshold
 * may be hidden, because the range of few would not include it.
 * @param possible the count if nothing were hidden, at most
 */
export const countKnown = (
  known: number,
  possible: number,
  { countThreshold }: Pick<CountContext, 'countThreshold'>,
): number | undefined => (known === possible || possible < countThreshold ? known : undefined);

/**
 * The counts of a column by the keys of its rows. A missing one is 0, and an undefined one is not
 * shown.
 */
export type ColumnCounts = ReadonlyMap<string, number | undefined>;

/**
 * A table whose rows are the parts of a whole. Each column is counted once, for the first row that
 * needs it. For callers who may not see the people, a column depends on the columns before it,
 * whether these are selected or not.
 * @param keys the keys of all rows
 * @param columns how each is counted; earlier columns are shown in preference to later ones
 */
export function createTable<Name extends string>(
  keys: readonly string[],
  context: CountContext,
  columns: Readonly<Record<Name, () => Promise<ColumnCounts>>>,
): Record<Name, (key: string) => Promise<PeopleCount>> {
  const names = Object.keys(columns) as Name[];
  const shown = new Map<Name, Promise<readonly PeopleCount[]>>();
  const show = async (name: Name): Promise<readonly PeopleCount[]> => {
    const before = readsEverybody(context) ? [] : names.slice(0, names.indexOf(name));
    const earlier = await Promise.all(before.map(showOnce));
    const counts = await columns[name]();
    return showParts(
      keys.map((key) => (counts.has(key) ? counts.get(key) : 0)),
      context,
      earlier,
    );
  };
  const showOnce = (name: Name): Promise<readonly PeopleCount[]> => {
    const known = shown.get(name) ?? show(name);
    shown.set(name, known);
    return known;
  };
  const columnOf = (name: Name) => async (key: string) => {
    const count = (await showOnce(name))[keys.indexOf(key)];
    if (!count) throw new Error(`Unknown row ${key}.`);
    return count;
  };
  return Object.fromEntries(names.map((name) => [name, columnOf(name)])) as Record<
    Name,
    (key: string) => Promise<PeopleCount>
  >;
}
