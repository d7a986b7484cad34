import type { LoadedDatabase } from '@hub/shared/partner';
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
import { createFactIds } from './fact-ids.js';
import { readFacts } from './fact-tables.js';
import { readClaims } from './read-claims.js';
import { readEventCountries, readEvents } from './read-events.js';
import {
  readMemberships,
  readNetworks,
  readOrganisations,
  readPoliceUnits,
} from './read-network.js';
import { readLinks, readMandates, readOutcomes, readRepresentations } from './read-outcomes.js';
import { readJourneys, readProgrammes } from './read-programmes.js';
import { readRoles } from './read-roles.js';
import { readStatementCountries, readStatements } from './read-statements.js';
import { readSpokesmanships } from './read-terms.js';

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
