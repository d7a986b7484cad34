import { leaveOutRehearsals, whereText } from '@hub/shared/database';
import { codes, type PartnerContext } from '@hub/shared/policy';
import type { SelectQueryBuilder } from 'typeorm';
import { isOwn } from '../access/entity.reference.js';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import type { OfficerFilter } from './officer.input.js';

/**
 * Builds the query for the officers that a filter selects. There are none of another country or its
 * units here.
 */
export function findOfficers(
  { source, partner }: Pick<PartnerContext, 'source' | 'partner'>,
  { country, unit, targetGroup, language, rehearsals }: OfficerFilter = {},
): SelectQueryBuilder<Officer> {
  const officers = source.getRepository(Officer).createQueryBuilder('officer');
  leaveOutRehearsals(officers, rehearsals);
  if (country != null && country !== codes.countryOf(partner)) officers.andWhere('1 = 0');
  if (unit != null) {
    if (isOwn(partner, unit)) whereText(officers, 'officer.unitId = :unit', { unit });
    else officers.andWhere('1 = 0');
  }
  if (targetGroup != null) officers.andWhere('officer.targetGroup = :targetGroup', { targetGroup });
  if (language != null) {
    const spoken = officers
      .subQuery()
      .select('spoken.officerId')
      .from(OfficerLanguage, 'spoken')
      .where('spoken.officerId = officer.id AND spoken.language = :language');
    officers.andWhere(`EXISTS ${spoken.getQuery()}`, { language });
  }
  return officers;
}
