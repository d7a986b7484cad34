import { whereText } from '@hub/shared/database';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { leaveOutRehearsals } from '../access/leave-out-rehearsals.js';
import { Group } from '../entities/group.entity.js';
import { SideParty } from '../entities/side.entity.js';
import type { GroupFilter } from './group.input.js';

/** Builds the query for the groups that a filter selects. */
export function findGroups(
  source: DataSource,
  { programme, direction, coordinatingOffice, rehearsals }: GroupFilter,
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
  return groups;
}
