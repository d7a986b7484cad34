import { violateRule } from '@hub/shared/errors';
import { findForChange, notFound } from '@hub/shared/partner';
import { In, type EntityManager } from 'typeorm';
import { Office } from '../entities/office.entity.js';
import { Region } from '../entities/region.entity.js';

/**
 * Finds an office that an input names. A closed one is accepted.
 * @throws HubError `NOT_FOUND` for the argument; `RULE_VIOLATED` MERGED
 */
export async function findOffice(
  manager: EntityManager,
  id: string,
  argument: string,
): Promise<Office> {
  const office = await findForChange(manager, Office, id, argument);
  if (office.mergedIntoId !== null) violateRule('MERGED', argument);
  return office;
}

/** Whether others mean an office by one of these ids: its own, or that of one merged into it. */
export async function isNamed(
  manager: EntityManager,
  { id }: Pick<Office, 'id'>,
  ids: readonly string[],
): Promise<boolean> {
  return (
    ids.includes(id) || (await manager.existsBy(Office, { id: In([...ids]), mergedIntoId: id }))
  );
}

/** @throws HubError `NOT_FOUND` for `input.region` */
export async function findRegion(manager: EntityManager, code: string): Promise<Region> {
  // PostgreSQL refuses a text with NUL.
  const region = code.includes('\0') ? null : await manager.findOneBy(Region, { code });
  return region ?? notFound('input.region');
}
