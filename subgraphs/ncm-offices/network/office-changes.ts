import { textSearch } from '@hub/shared/database';
import { HubError, violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import {
  checkNotInvented,
  checkVersion,
  findForChange,
  refuseDuplicate,
} from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { keepClaims } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import { Office, sameOffice, type DatePrecision } from '../entities/office.entity.js';

/** @throws HubError `RULE_VIOLATED` DATE_ORDER for a closing before the opening */
export function checkOpenBefore(
  { openedOn, closedOn }: Pick<Office, 'openedOn' | 'closedOn'>,
  argument: string,
): void {
  if (dates.isEarlier(closedOn, openedOn)) violateRule('DATE_ORDER', argument);
}

/**
 * The office of which one is a branch. What is invented has no real branches.
 * @throws HubError `NOT_FOUND`; `BAD_USER_INPUT` if it would be a branch of itself; `RULE_VIOLATED`
 * REHEARSAL
 */
export async function checkParent(
  manager: EntityManager,
  { id, parentId, isRehearsal }: Pick<Office, 'id' | 'parentId' | 'isRehearsal'>,
): Promise<void> {
  const argument = 'input.parent';
  for (let above = parentId; above !== null;) {
    if (above === id) {
      const message = 'An office must not be a branch of itself, nor of one of its branches.';
      throw new HubError('BAD_USER_INPUT', { argument, message });
    }
    const parent = await findForChange(manager, Office, above, argument);
    checkNotInvented(parent, { isRehearsal }, argument);
    above = parent.parentId;
  }
}

/** How well a date is known that a mutation gives. */
export function precisionOf(date: string | null | undefined): DatePrecision | null {
  if (date?.length === 10) return 'DAY';
  return date?.length === 4 ? 'YEAR' : null;
}

/** Finds the office that a mutation changes. @throws HubError `NOT_FOUND`, `CONFLICT` */
export async function findOffice(
  manager: EntityManager,
  input: { readonly office: string; readonly version: number },
): Promise<Office> {
  const office = await findForChange(manager, Office, input.office, 'input.office');
  checkVersion(office, input.version);
  return office;
}

/**
 * Refuses an office that stands, and a change of another that makes it the same.
 * @param before the office that changes. @default a new one is registered
 * @throws HubError `RULE_VIOLATED` DUPLICATE, with the `id` of the first
 */
export async function checkNewOffice(
  manager: EntityManager,
  office: Pick<Office, 'name' | 'city' | 'country'>,
  isAnother: boolean | null | undefined,
  before?: Office,
): Promise<void> {
  if (isAnother === true) return;
  if (before && sameOffice.keyOf(before) === sameOffice.keyOf(office)) return;
  const same = await textSearch.findSame(manager, Office, sameOffice, office);
  const first = same.find(({ id }) => id !== before?.id);
  const isMoved =
    before && textSearch.toSameText(before.name) === textSearch.toSameText(office.name);
  if (first) refuseDuplicate(first.id, isMoved ? 'input.city' : 'input.name');
}

/** What sources state of an office. */
const stated = [
  'name',
  'kind',
  'city',
  'openedOn',
  'closedOn',
  'parentId',
  'variants',
  'roleInField',
  'note',
] as const;

/** Writes the next version of an office, and keeps what its source of before stated. */
export async function writeOffice(
  context: PartnerContext,
  manager: EntityManager,
  before: Office,
  changes: Partial<Office>,
): Promise<Office> {
  const next = Object.assign(new Office(), before, changes, { version: before.version + 1 });
  await manager.update(Office, { id: before.id }, next);
  const table = { entity: Claim, owner: 'officeId' };
  await keepClaims(context, manager, table, stated, { before, next });
  return next;
}
