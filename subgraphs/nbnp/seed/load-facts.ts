import { csv } from '@hub/shared/database';
import type { LoadedDatabase } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import { Event, EventCountry } from '../entities/event.entity.js';
import { Link } from '../entities/link.entity.js';
import { Membership, Network } from '../entities/network.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { Outcome, OutcomeMandate } from '../entities/outcome.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Representation } from '../entities/representation.entity.js';
import { Spokesmanship } from '../entities/spokesmanship.entity.js';
import { Statement, StatementCountry } from '../entities/statement.entity.js';
import { createFactIds, type FactIds } from './fact-ids.js';
import { readFacts, type Facts } from './fact-tables.js';
import { readClaims } from './read-claims.js';
import { readEventCountries, readEvents } from './read-events.js';
import {
  readMemberships,
  readNetworks,
  readOrganisations,
  readPoliceUnits,
} from './read-network.js';
import { readLinks, readMandates, readOutcomes, readRepresentations } from './read-outcomes.js';
import { readRoles } from './read-roles.js';
import { readStatementCountries, readStatements } from './read-statements.js';
import { readSpokesmanships } from './read-terms.js';

/** The programme as the founding document plans it. Its groups are not documented. */
function readProgrammes({ programmes }: Facts): Programme[] {
  return programmes.map((row) => ({
    id: csv.toGlobalId(codes.networkCode, row.programme_id),
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
    deadlines: null,
    sectorsByDirection: {
      NORTH_WEST_RUSSIA_TO_NORDIC: row.sectors_to_show_in_nordic,
      NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA: row.sectors_to_show_in_north_west_russia,
    },
    source: row.source_url,
    version: 1,
  }));
}

/** The journeys that the programme plans, in the order of the file. */
function readJourneys({ journeys }: Facts, ids: FactIds): PlannedJourney[] {
  return journeys.map(({ programme, direction, weeks, destination, source_url }, index) => {
    const programmeId = ids.programme(programme);
    if (programmeId === undefined)
      throw csv.faultIn('journeys.csv', index, 'programme', `“${programme}” is not a programme`);
    const position = index;
    const id = `${programmeId}-journey-${index + 1}`;
    const between = { direction, fromSideId: null, toSideId: null };
    return { id, programmeId, position, ...between, weeks, destination, source: source_url };
  });
}

/** The rows of the facts, ordered so that references point backwards. */
export function readFactRows(): [EntityTarget<ObjectLiteral>, readonly object[]][] {
  const facts = readFacts();
  const ids = createFactIds(facts);
  return [
    [Organisation, readOrganisations(facts, ids)],
    [PoliceUnit, readPoliceUnits(facts, ids)],
    [Network, readNetworks(facts)],
    [Membership, readMemberships(facts)],
    [Spokesmanship, readSpokesmanships(facts, ids)],
    [Programme, readProgrammes(facts)],
    [Event, wholesFirst(readEvents(facts, ids))],
    [EventCountry, readEventCountries(facts)],
    [PartyRole, readRoles(facts, ids)],
    [Statement, readStatements(facts, ids)],
    [StatementCountry, readStatementCountries(facts)],
    [Outcome, readOutcomes(facts, ids)],
    [OutcomeMandate, readMandates(facts, ids)],
    [Representation, readRepresentations(facts, ids)],
    [Link, readLinks(facts, ids)],
    [PlannedJourney, readJourneys(facts, ids)],
    [Claim, readClaims(facts, ids)],
  ];
}

/**
 * Loads the network, its organisations and events, and the programme that the founding document
 * plans.
 * @throws `TableError` for an invalid value; nothing is loaded then.
 */
export async function loadFacts(database: LoadedDatabase): Promise<void> {
  const tables = readFactRows();
  await database.transaction(async (manager) => {
    for (const [entity, rows] of tables) await manager.insert(entity, [...rows]);
  });
}

/** Events before their parts, which are one level deep. */
function wholesFirst(events: readonly Event[]): Event[] {
  return [...events].sort((a, b) => Number(a.partOfId !== null) - Number(b.partOfId !== null));
}
