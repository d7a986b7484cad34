import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { codes } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import type { Office } from '../entities/office.entity.js';
import { isNamed } from './find-office.js';

/** @throws HubError `RULE_VIOLATED` HOST_COUNTRY for an office elsewhere than in Russia */
export function checkOfficeInRussia({ country }: Office, argument: string): void {
  if (country !== codes.russia) violateRule('HOST_COUNTRY', argument, 'OFFICE_ELSEWHERE');
}

/**
 * In a documented direction any office in Russia hosts a group and confirms its stops, and where sides
 * decide an office that they name for one of these countries.
 * @throws HubError `RULE_VIOLATED` HOST_COUNTRY
 */
export async function checkOfficeHosts(
  manager: EntityManager,
  office: Office,
  { group, countries }: { readonly group: sides.GroupSides; readonly countries: readonly string[] },
  argument: string,
): Promise<void> {
  if (group.direction !== null) return checkOfficeInRussia(office, argument);
  const named = countries.flatMap((country) => sides.officesIn(group, country));
  if (!(await isNamed(manager, office, named)))
    violateRule('HOST_COUNTRY', argument, 'OFFICE_NOT_NAMED');
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
