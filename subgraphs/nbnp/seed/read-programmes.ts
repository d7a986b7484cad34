import { faultIn, toGlobalId } from '@hub/shared/database';
import { networkCode } from '@hub/shared/policy';
import type { PlannedJourney } from '../entities/planned-journey.entity.js';
import type { Programme } from '../entities/programme.entity.js';
import type { FactIds } from './fact-ids.js';
import type { Facts } from './fact-tables.js';

/** The programme as the founding document plans it. Its groups are not documented. */
export function readProgrammes({ programmes }: Facts): Programme[] {
  return programmes.map((row) => ({
    id: toGlobalId(networkCode, row.programme_id),
    title: row.title,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    plannedGroups: row.planned_groups,
    groupSizeMin: row.group_size_min,
    groupSizeMax: row.group_size_max,
    targetGroups: row.target_groups,
    sectorsToShow: row.sectors_to_show,
    workingLanguages: row.working_languages,
    areaCodes: row.areas_to_involve.length > 0 ? row.areas_to_involve : null,
    hasDocumentedGroups: false,
    isRehearsal: false,
    sectorsByDirection: {
      NORTH_WEST_RUSSIA_TO_NORDIC: row.sectors_to_show_in_nordic,
      NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA: row.sectors_to_show_in_north_west_russia,
    },
    source: row.source_url,
    version: 1,
  }));
}

/** The journeys that the programme plans, in the order of the file. */
export function readJourneys({ journeys }: Facts, ids: FactIds): PlannedJourney[] {
  return journeys.map(({ programme, direction, weeks, destination, source_url }, index) => {
    const programmeId = ids.programme(programme);
    if (programmeId === undefined)
      throw faultIn('journeys.csv', index, 'programme', `“${programme}” is not a programme`);
    const position = index;
    const id = `${programmeId}-journey-${index + 1}`;
    return { id, programmeId, position, direction, weeks, destination, source: source_url };
  });
}
