import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { codes } from '@hub/shared/policy';
import type { Office } from '../entities/office.entity.js';

/** @throws HubError `RULE_VIOLATED` HOST_COUNTRY for an office elsewhere than in Russia */
export function checkOfficeInRussia({ country }: Office, argument: string): void {
  if (country !== codes.russia) violateRule('HOST_COUNTRY', argument, 'OFFICE_ELSEWHERE');
}

/**
 * The office must be open on each of the days. Unknown dates exclude nothing.
 * @throws HubError `RULE_VIOLATED` CLOSED
 */
export function checkOfficeOpen(
  { openedOn, closedOn }: Office,
  days: readonly (string | null | undefined)[],
  argument: string,
): void {
  const open = { startsOn: openedOn, endsOn: closedOn };
  if (!days.every((day) => day == null || dates.isWithin(day, open)))
    violateRule('CLOSED', argument);
}
