import 'reflect-metadata';

import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { HubError } from '../errors/index.js';
import type { PartnerContext } from '../server/context.js';
import { isPerson } from './readers.js';

/** A count of people, or of what they did, as its reader may know it. */
@Directive('@shareable')
@ObjectType({
  description:
    'A count of people, or of what they did. Readers who may not see the people get a range where the count is below the owner’s threshold.',
})
export class PeopleCount {
  @Field(() => Int, {
    nullable: true,
    description: 'Null where the count is withheld; the range holds it.',
  })
  value: number | null;

  @Field(() => Int)
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

/**
 * The counts of the parts of a whole whose total may be known from elsewhere (`Group.memberCount`). Where the total and
 * the ranges would tell more than the ranges do, the first of the other counts is withheld too: not the smallest, which
 * would say how large it is at most.
 */
export function showParts(counts: readonly number[], context: CountContext): PeopleCount[] {
  const shown = counts.map((count) => showCount(count, context));
  const few = counts.filter((_, index) => shown[index]?.value === null);
  const along = shown.findIndex(({ value }) => value !== null);
  if (along >= 0 && areNarrowed(few, context))
    shown[along] = { value: null, atLeast: context.countThreshold, atMost: null };
  return shown;
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
 * A column of a table whose rows are the parts of a whole: counted once, when the first row asks for its own.
 * @param keys the keys of all rows; one that is not counted has nobody
 */
export function createColumn(
  keys: readonly string[],
  context: CountContext,
  count: () => Promise<ReadonlyMap<string, number>>,
): (key: string) => Promise<PeopleCount> {
  let column: Promise<readonly PeopleCount[]> | undefined;
  const show = async () => {
    const counts = await count();
    return showParts(
      keys.map((key) => counts.get(key) ?? 0),
      context,
    );
  };
  return async (key) => {
    const shown = (await (column ??= show()))[keys.indexOf(key)];
    if (!shown) throw new Error(`There is no row ${key}.`);
    return shown;
  };
}
