import { leaveOutRehearsals } from '@hub/shared/database';
import { codes, type PartnerContext } from '@hub/shared/policy';
import type { EntityTarget, SelectQueryBuilder } from 'typeorm';
import { Expert, ExpertField, ExpertLanguage, ExpertRole } from '../entities/expert.entity.js';
import type { ExpertFilter } from './expert.input.js';

/**
 * Builds the query for the experts that a filter selects. A filter for another country finds none:
 * the database has only this country’s.
 */
export function findExperts(
  { source, partner }: Pick<PartnerContext, 'source' | 'partner'>,
  { country, role, language, field, rehearsals }: ExpertFilter = {},
): SelectQueryBuilder<Expert> {
  const experts = source.getRepository(Expert).createQueryBuilder('expert');
  leaveOutRehearsals(experts, rehearsals);
  if (country != null && country !== codes.countryOf(partner)) experts.andWhere('1 = 0');
  if (role != null) having(experts, ExpertRole, 'role', role);
  if (language != null) having(experts, ExpertLanguage, 'language', language);
  if (field != null) having(experts, ExpertField, 'field', field);
  return experts;
}

function having(
  experts: SelectQueryBuilder<Expert>,
  entity: EntityTarget<{ expertId: string }>,
  property: string,
  value: string,
): void {
  const had = experts
    .subQuery()
    .select(`${property}s.expertId`)
    .from(entity, `${property}s`)
    .where(`${property}s.expertId = expert.id AND ${property}s.${property} = :${property}`);
  experts.andWhere(`EXISTS ${had.getQuery()}`, { [property]: value });
}
