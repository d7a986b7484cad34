import { t } from '../../../words/language.ts';
import { joinNames, nameOfCountry, nameOfLanguage } from '../../../words/names.ts';
import { addCounts, describeCount, type Count } from './counts.ts';

export interface People {
  readonly nominated: Count;
  readonly members: Count | null;
  readonly reportsExpected: Count | null;
  readonly reportsReceived: Count;
}

export const countsOf = ({ nominated, members, reportsExpected, reportsReceived }: People) => [
  nominated,
  members ?? undefined,
  reportsExpected ?? undefined,
  reportsReceived,
];

/** The most that each count may be, if all are withheld as too small to be told. */
function mostOfWithheld(counts: readonly (Count | undefined)[]): number | undefined {
  const ends = counts.map((count) =>
    count?.value === null && count.atLeast === 0 ? count.atMost : null,
  );
  const known = ends.filter((end) => end !== null);
  return known.length > 0 && known.length === ends.length ? Math.max(...known) : undefined;
}

/** What a sum is said to be: at least that much while a partner is unavailable. */
function describeSum(counts: readonly (Count | null)[], isPart: boolean): string {
  const sum = addCounts(counts);
  if (!sum) return t('response.missing');
  return describeCount(isPart ? { ...sum, atMost: null, value: null } : sum);
}

/** Says once whose counts are not in what was found. */
const withoutAbsent = (finding: string, absent: readonly string[]): string =>
  absent.length === 0
    ? finding
    : `${t('statistics.without', { countries: joinNames(absent.map(nameOfCountry)) })} ${finding}`;

/** How many were nominated and selected, and their reports. */
export function findOfPeople(
  rows: readonly People[],
  whenWithheld: 'statistics.delegatesWithheld' | 'statistics.officersWithheld',
  absent: readonly string[] = [],
): string {
  const each = mostOfWithheld(rows.flatMap(countsOf));
  if (each !== undefined)
    return withoutAbsent(t(whenWithheld, { each, all: each * rows.length }), absent);
  const isNobody = rows.every(
    ({ nominated, members }) => nominated.atMost === 0 && members?.atMost === 0,
  );
  if (isNobody) return withoutAbsent(t('statistics.nobody'), absent);
  const words = (pick: (row: People) => Count | null) =>
    describeSum(rows.map(pick), absent.length > 0);
  return withoutAbsent(
    t('statistics.peopleFinding', {
      nominated: words(({ nominated }) => nominated),
      members: words(({ members }) => members),
      received: words(({ reportsReceived }) => reportsReceived),
      expected: words(({ reportsExpected }) => reportsExpected),
    }),
    absent,
  );
}

/** How many experts speak a language. */
export function findOfExperts(
  language: string,
  experts: readonly Count[],
  absent: readonly string[],
): string {
  const each = mostOfWithheld(experts);
  const texts = { language: nameOfLanguage(language) };
  if (each !== undefined) {
    const all = each * experts.length;
    return withoutAbsent(t('statistics.expertsWithheld', { ...texts, each, all }), absent);
  }
  if (experts.every(({ atMost }) => atMost === 0))
    return withoutAbsent(t('statistics.noExperts', texts), absent);
  const sum = describeSum(experts, absent.length > 0);
  return withoutAbsent(t('statistics.expertsFinding', { ...texts, experts: sum }), absent);
}
