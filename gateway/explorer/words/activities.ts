import { formatNumber, t } from './language.ts';

interface Events {
  readonly totalCount: number;
  readonly nodes: readonly { readonly startsOn: string | null }[];
}

/** How many events began in each year, also in years without any; and a sentence on them. */
export function findActivities({ totalCount, nodes }: Events) {
  const years = nodes.flatMap(({ startsOn }) => {
    const year = Number(startsOn?.slice(0, 4));
    return year > 0 ? [year] : [];
  });
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const rows = Array.from({ length: years.length > 0 ? last - first + 1 : 0 }, (_, index) => {
    const count = years.filter((year) => year === first + index).length;
    return { year: String(first + index), count };
  });
  const [most] = rows.toSorted((one, other) => other.count - one.count);
  if (!most) return { rows, finding: t('response.nothing') };
  const finding = t('statistics.activitiesFinding', {
    events: formatNumber(years.length),
    first,
    last,
    year: most.year,
    most: formatNumber(most.count),
  });
  const rest = totalCount - years.length;
  const without = rest > 0 ? ` ${t('statistics.withoutYear', { number: formatNumber(rest) })}` : '';
  return { rows, finding: `${finding}${without}` };
}
