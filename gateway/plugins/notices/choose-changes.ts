import { refuseInput } from '@hub/shared/errors';
import type { OwnedNotice } from './notice-log.js';

/** The argument `filter` of `Subscription.changed`. */
export interface ChangedFilter {
  readonly subjects?: readonly string[] | null;
  readonly types?: readonly string[] | null;
  readonly owners?: readonly string[] | null;
}

/** The longest list in a filter. */
const longestList = 100;

/**
 * Makes the check whether a filter selects a change.
 * @throws HubError `BAD_USER_INPUT` for a list that is too long
 */
export function chooseChanges(
  filter: ChangedFilter | null | undefined,
): (notice: OwnedNotice) => boolean {
  const read = (name: keyof ChangedFilter): ReadonlySet<string> | undefined => {
    const list = filter?.[name];
    if (list == null) return undefined;
    if (list.length > longestList)
      refuseInput(`filter.${name}`, `\`${name}\` may have at most ${longestList} items.`);
    return new Set(list);
  };
  const [subjects, types, owners] = [read('subjects'), read('types'), read('owners')];
  return ({ subject, type, owner }) =>
    (subjects?.has(subject) ?? true) && (types?.has(type) ?? true) && (owners?.has(owner) ?? true);
}
