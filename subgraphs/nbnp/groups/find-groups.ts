import { whereText } from '@hub/shared/database';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { leaveOutRehearsals } from '../access/leave-out-rehearsals.js';
import { Group } from '../entities/group.entity.js';
import { Side, SideParty } from '../entities/side.entity.js';
import { Visit, VisitHost } from '../entities/visit.entity.js';
import { directionsFrom } from '../sides/documented-sides.js';
import type { GroupFilter } from './group.input.js';

/**
 * Builds the query for the groups that a filter selects, except for its states.
 * @param endedBy a visit that has not ended by this day is hidden from the caller
 */
export function findGroups(
  source: DataSource,
  { programme, direction, coordinatingOffice, country, rehearsals }: GroupFilter,
  endedBy?: string,
): SelectQueryBuilder<Group> {
  const groups = source.getRepository(Group).createQueryBuilder('group_');
  if (rehearsals === false) leaveOutRehearsals(groups, 'group_.programmeId');
  if (programme != null) whereText(groups, 'group_.programmeId = :programme', { programme });
  if (direction != null) groups.andWhere('group_.direction = :direction', { direction });
  if (coordinatingOffice != null) {
    const coordinated = source
      .createQueryBuilder(SideParty, 'party')
      .select('party.sideId')
      .where(`party.part = 'COORDINATOR' AND party.partyId = :coordinatingOffice`)
      .getQuery();
    whereText(
      groups,
      `(group_.coordinatingOfficeId = :coordinatingOffice OR group_.fromSideId IN (${coordinated}) OR group_.toSideId IN (${coordinated}))`,
      { coordinatingOffice },
    );
  }
  if (country != null) goingFromOrTo(groups, country, endedBy);
  return groups;
}

/** Selects groups by the side that they come from, and by the hosts of their visits. */
function goingFromOrTo(
  groups: SelectQueryBuilder<Group>,
  country: string,
  endedBy: string | undefined,
): void {
  const sides = groups
    .subQuery()
    .select('side.id')
    .from(Side, 'side')
    .where('side.countries LIKE :named');
  const hosted = groups
    .subQuery()
    .select('visit.id')
    .from(Visit, 'visit')
    .innerJoin(VisitHost, 'host', 'host.visitId = visit.id AND host.country = :country')
    .where('visit.groupId = group_.id AND visit.cancelledOn IS NULL');
  if (endedBy !== undefined) hosted.andWhere('visit.returnedOn <= :endedBy');
  const directions = directionsFrom(country);
  const documented = directions.length > 0 ? 'group_.direction IN (:...directions) OR ' : '';
  groups.andWhere(
    `(${documented}group_.fromSideId IN ${sides.getQuery()} OR EXISTS ${hosted.getQuery()})`,
    // The countries are kept as JSON, and no code is a part of another.
    { country, named: `%"${country}"%`, endedBy, directions },
  );
}
