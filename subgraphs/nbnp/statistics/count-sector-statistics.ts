import { readChosenIds } from '@hub/shared/database';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { endedBy } from '../access/visible-visits.js';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { StopStatus } from '../entities/vocabulary.js';
import type { SectorStatisticsFilter } from './sector-statistics.input.js';
import type { SectorStatistics, ShownSector } from './sector-statistics.js';

/**
 * The stops that were recorded as held, of visits that have set out and have ended, so that no count
 * reveals a plan.
 */
async function loadShown(
  context: PartnerContext,
  { programme, groups, rehearsals }: SectorStatisticsFilter,
): Promise<ShownSector[]> {
  const chosen = readChosenIds('filter.groups', groups);
  const programmes = readChosenIds('filter.programme', programme == null ? null : [programme]);
  if (chosen?.length === 0 || programmes?.length === 0) return [];
  const stops = context.source
    .getRepository(ItineraryStop)
    .createQueryBuilder('stop')
    .innerJoin(Visit, 'visit', 'visit.id = stop.visitId')
    .innerJoin(Group, 'travelling', 'travelling.id = visit.groupId')
    .innerJoin(Programme, 'programme', 'programme.id = travelling.programmeId')
    .select('stop.sector', 'sector')
    .addSelect('visit.id', 'visitId')
    .addSelect('visit.groupId', 'groupId')
    .addSelect('MIN(stop.day)', 'firstDay')
    .addSelect('COUNT(*)', 'stops')
    .where('visit.departedOn IS NOT NULL AND visit.returnedOn <= :endedBy', {
      endedBy: endedBy(context),
    })
    .andWhere('stop.status = :held', { held: StopStatus.HELD })
    .groupBy('stop.sector')
    .addGroupBy('visit.id')
    .addGroupBy('visit.groupId');
  if (rehearsals !== true) stops.andWhere('NOT programme.isRehearsal');
  if (chosen) stops.andWhere('visit.groupId IN (:...chosen)', { chosen });
  if (programmes) stops.andWhere('travelling.programmeId IN (:...programmes)', { programmes });
  return stops.getRawMany<ShownSector>();
}

/** A row for each sector, even if no stop showed it. */
export async function countSectorStatistics(
  context: PartnerContext,
  filter: SectorStatisticsFilter,
  isPicked: boolean,
): Promise<SectorStatistics[]> {
  const shown = await loadShown(context, filter);
  return Object.values(vocabulary.Sector)
    .toSorted()
    .map((sector) => {
      const ofSector = shown.filter((one) => one.sector === sector);
      return {
        id: `${codes.networkCode}:${sector}`,
        sector,
        stops: ofSector.reduce((sum, { stops }) => sum + Number(stops), 0),
        visits: ofSector.length,
        groups: new Set(ofSector.map(({ groupId }) => groupId)).size,
        shown: ofSector,
        isPicked,
      };
    });
}
