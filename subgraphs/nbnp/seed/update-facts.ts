import type { FactUpdate } from '@hub/shared/partner';
import { In, type EntityManager, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import { deriveEventColumns } from '../entities/event-derived.js';
import { Event } from '../entities/event.entity.js';
import { Link } from '../entities/link.entity.js';
import { Membership, Network } from '../entities/network.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { Outcome, OutcomeMandate } from '../entities/outcome.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Representation } from '../entities/representation.entity.js';
import { Spokesmanship } from '../entities/spokesmanship.entity.js';
import { Statement, StatementCountry } from '../entities/statement.entity.js';
import { readFactRows } from './load-facts.js';

/** The rows of the facts by their table. */
function createRowsOf() {
  const rows = new Map(readFactRows());
  return <Row extends ObjectLiteral>(entity: EntityTarget<Row>): readonly Row[] =>
    (rows.get(entity as EntityTarget<ObjectLiteral>) ?? []) as readonly Row[];
}

type RowsOf = ReturnType<typeof createRowsOf>;

const idsOf = (rows: readonly { readonly id: string }[]) => In(rows.map(({ id }) => id));

async function insertMissing<Row extends ObjectLiteral & { id: string }>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  rows: readonly Row[],
): Promise<void> {
  const found = await manager.find<ObjectLiteral>(entity, { select: { id: true } });
  const known = new Set(found.map(({ id }) => id as string));
  await manager.insert(
    entity,
    rows.filter(({ id }) => !known.has(id)),
  );
}

/** Two events had other descriptions. If the network has changed them since, its text stays. */
async function correctEvents(manager: EntityManager): Promise<void> {
  await manager.update(
    Event,
    { id: 'nbnp:rt-social-undated', kind: 'MINISTERIAL_MEETING' },
    { kind: 'ROUND_TABLE' },
  );
  const targetGroup =
    'law enforcement of the eight countries and the CIS; NCM; international organisations; authorities of St. Petersburg and the NW Federal District; experts';
  await manager.update(Event, { id: 'nbnp:mp-final', targetGroup }, { targetGroup: null });
}

/** Sets aims and search texts, and keeps all other columns of the event. */
async function setAims(manager: EntityManager, events: readonly Event[]): Promise<void> {
  const stored = await manager.findBy(Event, { id: idsOf(events) });
  for (const event of stored) {
    const aim = event.aim ?? events.find(({ id }) => id === event.id)?.aim ?? null;
    const { searchText } = deriveEventColumns(Object.assign(event, { aim }));
    await manager.update(Event, { id: event.id }, { aim, searchText });
  }
}

async function setSources(manager: EntityManager, rowsOf: RowsOf): Promise<void> {
  for (const { id, source } of rowsOf(Network)) await manager.update(Network, { id }, { source });
  for (const { country, source } of rowsOf(Membership))
    await manager.update(Membership, { country }, { source });
  for (const { id, source, sectorsByDirection } of rowsOf(Programme))
    await manager.update(Programme, { id }, { source, sectorsByDirection });
}

/** Replaces rows that only the facts fill, if they differ. */
async function replaceOwned(manager: EntityManager, rowsOf: RowsOf): Promise<void> {
  const spokesmanships = rowsOf(Spokesmanship);
  await manager.delete(Spokesmanship, { bodyId: In(spokesmanships.map(({ bodyId }) => bodyId)) });
  await manager.delete(PartyRole, { eventId: idsOf(rowsOf(Event)) });
  await manager.delete(PartyRole, { programmeId: idsOf(rowsOf(Programme)) });
  const claims = rowsOf(Claim);
  await manager.delete(Claim, { subjectId: In(claims.map(({ subjectId }) => subjectId)) });
  for (const entity of [Spokesmanship, PartyRole, Claim])
    await manager.insert<ObjectLiteral>(entity, [...rowsOf<ObjectLiteral>(entity)]);
}

const newTables = [
  Statement,
  StatementCountry,
  Outcome,
  OutcomeMandate,
  Representation,
  Link,
  PlannedJourney,
] as const;

/**
 * The facts of 26 November 2026: what the sources say in words, roles with sources, outcomes,
 * representations, links, journeys, five organisations; and a place on the board is no longer a
 * spokesmanship.
 */
const sourcesUpdate: FactUpdate = {
  name: 'facts-2026-11-26',
  async run(database) {
    const rowsOf = createRowsOf();
    await database.transaction(async (manager) => {
      await insertMissing(manager, Organisation, rowsOf(Organisation));
      await insertMissing(manager, Programme, rowsOf(Programme));
      await insertMissing(manager, Event, rowsOf(Event));
      await correctEvents(manager);
      await setAims(manager, rowsOf(Event));
      await setSources(manager, rowsOf);
      await replaceOwned(manager, rowsOf);
      for (const entity of newTables)
        await manager.insert<ObjectLiteral>(entity, [...rowsOf<ObjectLiteral>(entity)]);
    });
  },
};

/**
 * The facts of 4 December 2026: the founding document says of the first seminar who was invited, not
 * who came. If the network has counted them since, its number stays.
 */
const invitedUpdate: FactUpdate = {
  name: 'facts-2026-12-04',
  async run(database) {
    await database
      .getRepository(Event)
      .update(
        { id: 'nbnp:mp-1', participantsValue: 18, participantsQualifier: 'EXACT' },
        { participantsQualifier: 'ANNOUNCED' },
      );
  },
};

/** The changes of the facts since the first version, oldest first. */
export const factUpdates: readonly FactUpdate[] = [sourcesUpdate, invitedUpdate];
