import { whereText } from '@hub/shared/database';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { leaveOutRehearsals } from '../access/leave-out-rehearsals.js';
import { Group } from '../entities/group.entity.js';
import { Side, SideParty } from '../entities/side.entity.js';
import { Visit, VisitHost } from '../entities/visit.entity.js';
import { directionsFrom } from '../sides/documented-sides.js';
import type { GroupFilter } from './group.input.js';

/** What the conditions of a filter mean now, for its caller. */
interface Meant {
  /** The ids by which records name the co-ordinating office. */
  readonly offices: readonly string[] | undefined;
  /** A visit that has not ended by this day is hidden from the caller. */
  readonly endedBy: string | undefined;
}

/** Builds the query for the groups that a filter selects, except for its states. */
export function findGroups(
  source: DataSource,
  { programme, direction, country, rehearsals }: GroupFilter,
  { offices, endedBy }: Meant,
): SelectQueryBuilder<Group> {
  const groups = source.getRepository(Group).createQueryBuilder('group_');
  if (rehearsals === false) leaveOutRehearsals(groups, 'group_.programmeId');
  if (programme != null) whereText(groups, 'group_.programmeId = :programme', { programme });
  if (direction != null) groups.andWhere('group_.direction = :direction', { direction });
  if (offices) {
    // PostgreSQL refuses NUL in a text; no id has one.
    const possible = offices.filter((id) => !id.includes('\0'));
    const coordinated = source
      .createQueryBuilder(SideParty, 'party')
      .select('party.sideId')
      .where(`party.part = 'COORDINATOR' AND party.partyId IN (:...offices)`)
      .getQuery();
    if (possible.length === 0) groups.andWhere('1 = 0');
    else
      groups.andWhere(
        `(group_.coordinatingOfficeId IN (:...offices) OR group_.fromSideId IN (${coordinated}) OR group_.toSideId IN (${coordinated}))`,
        { offices: possible },
      );
  }
  if (country != null) goingFromOrTo(groups, country, endedBy);
  return groups;
}

/**
 * Selects groups by their sides, and by the hosts of their visits. A documented direction leads to
 * many countries of which a visit is to a few, so there only the hosts say where a group goes.
 */
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
    `(${documented}group_.fromSideId IN ${sides.getQuery()} OR group_.toSideId IN ${sides.getQuery()} OR EXISTS ${hosted.getQuery()})`,
    // The countries are kept as JSON, and no code is a part of another.
    { country, named: `%"${country}"%`, endedBy, directions },
  );
}
