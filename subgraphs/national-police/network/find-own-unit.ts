import { violateRule } from '@hub/shared/errors';
import { findForChange, notFound } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { PoliceUnit } from '../entities/police-unit.entity.js';

/**
 * Finds this police force’s unit that an input names. A unit that has ended is accepted: no source
 * says when its people moved.
 * @throws HubError `NOT_FOUND` for the argument; `RULE_VIOLATED` MERGED
 */
export async function findOwnUnit(
  { partner }: PartnerContext,
  manager: EntityManager,
  id: string,
  argument = 'input.unit',
): Promise<PoliceUnit> {
  const unit = await findForChange(manager, PoliceUnit, id, argument);
  if (unit.country !== codes.countryOf(partner)) notFound(argument);
  if (unit.mergedIntoId !== null) violateRule('MERGED', argument);
  return unit;
}
