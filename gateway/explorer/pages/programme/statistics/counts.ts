import { formatNumber, t } from '../../../words/language.ts';

/** A count of people, as the graph gives it: exact, or a range where the count is withheld. */
export interface Count {
  readonly atLeast: number;
  readonly atMost: number | null;
  readonly value: number | null;
}

export const exactly = (value: number): Count => ({ atLeast: value, atMost: value, value });

/** A count in words: `12`, `0 to 4`, `5 or more`. */
export function describeCount({ atLeast, atMost, value }: Count): string {
  if (value !== null) return formatNumber(value);
  if (atMost === null) return t('statistics.orMore', { number: formatNumber(atLeast) });
  return t('statistics.range', { from: formatNumber(atLeast), to: formatNumber(atMost) });
}

/** The sum of counts. Ranges add up to a range. Undefined if one of them is not known. */
export function addCounts(counts: readonly (Count | null | undefined)[]): Count | undefined {
  let [atLeast, atMost]: [number, number | null] = [0, 0];
  for (const count of counts) {
    if (!count) return undefined;
    atLeast += count.atLeast;
    atMost = atMost === null || count.atMost === null ? null : atMost + count.atMost;
  }
  return { atLeast, atMost, value: atLeast === atMost ? atLeast : null };
}
