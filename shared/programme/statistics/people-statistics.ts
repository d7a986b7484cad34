import type { PartnerContext } from '../../policy/context/partner-context.js';
import { isPerson } from '../../policy/readers.js';
import { findKnownJourneys } from '../visits/journey-visibility.js';
import { TargetGroup } from '../vocabulary/enums.js';
import { countKnown, type ColumnCounts, type PeopleCount } from './people-count.js';

/** The target groups, in the order of their rows. */
export const targetGroups: readonly TargetGroup[] = Object.values(TargetGroup).toSorted();

/** The columns that the rows of one result share. Each is counted when it is selected. */
export type PeopleColumns = Readonly<
  Record<
    'nominated' | 'members' | 'reportsReceived' | 'reportsExpected',
    (targetGroup: TargetGroup) => Promise<PeopleCount>
  >
>;

/**
 * Counts what happened on the journeys of groups, as far as the caller may know of it.
 * @param rows everything that may have happened, such as a report of each member
 * @param hasHappened whether a row did happen
 * @param count counts rows by target group
 */
export async function countOnJourneys<Row extends { readonly groupId: string }>(
  context: PartnerContext,
  rows: readonly Row[],
  hasHappened: (row: Row, index: number) => boolean,
  count: (rows: readonly Row[]) => ReadonlyMap<string, number>,
): Promise<ColumnCounts> {
  const happened = rows.filter(hasHappened);
  if (isPerson(context.reader)) return count(happened);
  const groups = [...new Set(rows.map(({ groupId }) => groupId))];
  const known = new Set(await findKnownJourneys(context, groups));
  const shown = count(happened.filter(({ groupId }) => known.has(groupId)));
  const possible = [...count(rows)];
  return new Map(
    possible.map(([key, most]) => [key, countKnown(shown.get(key) ?? 0, most, context)]),
  );
}

/** The counts of a column of which nothing is known. */
export const unknownCounts: ColumnCounts = new Map(targetGroups.map((key) => [key, undefined]));
