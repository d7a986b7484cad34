import { findForChange, notFound } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { PoliceUnit } from '../entities/police-unit.entity.js';

/**
 * Finds this police force’s unit that an input names. A unit that has ended is accepted: no source
 * says when its people moved.
 * @throws HubError `NOT_FOUND` for `input.unit`
 */
export async function findOwnUnit(
  { partner }: PartnerContext,
  manager: EntityManager,
  id: string,
): Promise<PoliceUnit> {
  const unit = await findForChange(manager, PoliceUnit, id, 'input.unit');
  return unit.country === codes.countryOf(partner) ? unit : notFound('input.unit');
}
