import { byId, type Orders, whereText } from '@hub/shared/database';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { leaveOutRehearsals } from '../access/leave-out-rehearsals.js';
import { Group } from '../entities/group.entity.js';
import { Visit, VisitHost } from '../entities/visit.entity.js';
import type { VisitOrder } from '../entities/vocabulary.js';
import type { VisitFilter } from './visit.input.js';

export const visitOrders: Orders<VisitOrder> = {
  ID: byId,
  STARTS_ON: [{ property: 'startsOn', nullable: true }, { property: 'id' }],
  STARTS_ON_DESCENDING: [
    { property: 'startsOn', nullable: true, descending: true },
    { property: 'id' },
  ],
  TITLE: [{ property: 'title' }, { property: 'id' }],
};

/**
 * Builds the query for the visits that a filter selects. An unknown date excludes nothing.
 * @param endedBy leaves out visits that have not ended by this day, for a caller who may not
 * see them
 * @throws HubError `BAD_USER_INPUT` for a range that ends before it starts
 */
export function findVisits(
  source: DataSource,
  { programme, group, hostCountry, from, to, rehearsals }: VisitFilter,
  endedBy?: string,
): SelectQueryBuilder<Visit> {
  const visits = source.getRepository(Visit).createQueryBuilder('visit');
  if (endedBy != null) visits.andWhere('visit.returnedOn <= :endedBy', { endedBy });
  if (rehearsals === false) {
    visits.innerJoin(Group, 'rehearsing', 'rehearsing.id = visit.groupId');
    leaveOutRehearsals(visits, 'rehearsing.programmeId');
  }
  if (programme != null) {
    const travelling = visits
      .subQuery()
      .select('travelling.id')
      .from(Group, 'travelling')
      .where('travelling.id = visit.groupId AND travelling.programmeId = :programme');
    whereText(visits, `EXISTS ${travelling.getQuery()}`, { programme });
  }
  if (group != null) whereText(visits, 'visit.groupId = :group', { group });
  if (hostCountry != null) {
    const hosted = visits
      .subQuery()
      .select('hosted.visitId')
      .from(VisitHost, 'hosted')
      .where('hosted.visitId = visit.id AND hosted.country = :hostCountry');
    visits.andWhere(`EXISTS ${hosted.getQuery()}`, { hostCountry });
  }
  if (from != null) visits.andWhere('(visit.endsOn IS NULL OR visit.endsOn >= :from)', { from });
  if (to != null) visits.andWhere('(visit.startsOn IS NULL OR visit.startsOn <= :to)', { to });
  return visits;
}
