import 'reflect-metadata';

import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../access/index.js';
import type { PartnerContext } from '../context/index.js';
import { HubError } from '../errors/index.js';
import { isPerson } from './readers.js';

/** A count of people, or of what they did, as its reader may know it. */
@Directive('@shareable')
@ObjectType({
  description:
    'A count of people, or of what they did. Readers who may not see the people get a range where the count is below the owner’s threshold.',
})
@Access('open')
export class PeopleCount {
  @Field(() => Int, {
    nullable: true,
    description: 'Null where the count is withheld; the range holds it.',
  })
  value: number | null;

  @Field(() => Int, {
    description: 'The count is this or more; equal to `value` where that is shown.',
  })
  atLeast: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Null where no upper end is told: of a count that is withheld because another one would follow from it.',
  })
  atMost: number | null;
}

type CountContext = Pick<PartnerContext, 'reader' | 'countThreshold'>;

const exactly = (value: number): PeopleCount => ({ value, atLeast: value, atMost: value });

/** A count by itself. Those who may see the people get it exactly; others get a range for none as for few. */
export function showCount(count: number, { reader, countThreshold }: CountContext): PeopleCount {
  if (isPerson(reader) || count >= countThreshold) return exactly(count);
  return { value: null, atLeast: 0, atMost: countThreshold - 1 };
}

/** A count of which nothing is told. */
const untold: PeopleCount = { value: null, atLeast: 0, atMost: null };

/**
 * The counts of the parts of a whole whose total may be known from elsewhere (`Group.memberCount`), beside the columns of
 * the same table that come before them. Withheld are a count below the threshold; one that is so near to a count of its
 * row that the difference is below the threshold; and, where the total and the ranges would tell more than the ranges do,
 * the first of the other counts: not the smallest, which would say how large it is at most.
 * @param earlier the columns before this one, as they are shown
 */
export function showParts(
  counts: readonly (number | undefined)[],
  context: CountContext,
  earlier: readonly (readonly PeopleCount[])[] = [],
): PeopleCount[] {
  const isNearby = (count: number, row: number) =>
    !isPerson(context.reader) &&
    earlier.some((column) => isNear(count, column[row]?.value ?? null, context));
  const many: PeopleCount = { value: null, atLeast: context.countThreshold, atMost: null };
  const shown = counts.map((count, row) => {
    if (count === undefined) return untold;
    const alone = showCount(count, context);
    return alone.value !== null && isNearby(count, row) ? many : alone;
  });
  const few = counts.flatMap((count) =>
    count !== undefined && count < context.countThreshold && !isPerson(context.reader) ? count : [],
  );
  const areNear = shown.includes(many);
  const along = shown.findIndex(({ value }) => value !== null);
  if (along >= 0 && (areNear || areNarrowed(few, context))) shown[along] = many;
  return shown;
}

/**
 * True where a count and one that is shown beside it would tell of few people by their difference. That a count is
 * withheld for this leaves at least two that it may be.
 */
function isNear(count: number, shown: number | null, { countThreshold }: CountContext): boolean {
  if (shown === null || countThreshold === 1) return false;
  const difference = Math.abs(count - shown);
  if (difference === 0) return shown === countThreshold + 1;
  return difference <= Math.max(2, countThreshold - 1);
}

/** True where the sum of the withheld counts leaves one of them less room than its range: one alone, or nearly all at their highest. */
function areNarrowed(few: readonly number[], { countThreshold }: CountContext): boolean {
  const sum = few.reduce((total, count) => total + count, 0);
  return few.length === 1 || sum > Math.max(0, few.length - 1) * (countThreshold - 1);
}

/**
 * Lets a filter pick people out (those of some groups, of one region) for those alone who may see the people: the
 * difference of two counts would tell others what each withholds.
 * @throws HubError `FORBIDDEN`
 */
export function checkMayPick(
  picks: readonly unknown[],
  { reader }: Pick<PartnerContext, 'reader'>,
): void {
  if (picks.some((pick) => pick != null) && !isPerson(reader)) throw new HubError('FORBIDDEN');
}

/**
 * A count of what the caller may know of, as a table shows it: nothing is told where more than the threshold may be
 * withheld, since a range of few would not hold it.
 * @param possible how many it would be if nothing were withheld, at most
 */
export const countKnown = (
  known: number,
  possible: number,
  { countThreshold }: Pick<CountContext, 'countThreshold'>,
): number | undefined => (known === possible || possible < countThreshold ? known : undefined);

/** The counts of a column by the keys of its rows: one that is not there is 0, and of one that is undefined nothing is told. */
export type ColumnCounts = ReadonlyMap<string, number | undefined>;

/**
 * A table whose rows are the parts of a whole. Each column is counted once, when the first row asks for its own. To
 * those who may not see the people a column is shown with regard to those before it, whether they are asked for or not.
 * @param keys the keys of all rows
 * @param columns how each is counted; the first are shown rather than the last
 */
export function createTable<Name extends string>(
  keys: readonly string[],
  context: CountContext,
  columns: Readonly<Record<Name, () => Promise<ColumnCounts>>>,
): Record<Name, (key: string) => Promise<PeopleCount>> {
  const names = Object.keys(columns) as Name[];
  const shown = new Map<Name, Promise<readonly PeopleCount[]>>();
  const show = async (name: Name): Promise<readonly PeopleCount[]> => {
    const before = isPerson(context.reader) ? [] : names.slice(0, names.indexOf(name));
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
    if (!count) throw new Error(`There is no row ${key}.`);
    return count;
  };
  return Object.fromEntries(names.map((name) => [name, columnOf(name)])) as Record<
    Name,
    (key: string) => Promise<PeopleCount>
  >;
}
