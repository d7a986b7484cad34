import { In, type EntityManager } from 'typeorm';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import {
  Statement,
  StatementCountry,
  deriveStatementColumns,
} from '../entities/statement.entity.js';
import { StatementKind } from '../entities/vocabulary.js';
import { writeRoles } from '../network/write-roles.js';
import type { PlannedJourneyInput, ProgrammePlan } from './programme.input.js';

/** The source of what the network states itself: its own site. */
const networkSite = 'https://nbnp.ee/';

/** Writes the lists of a programme that an input gives. */
export async function writeLists(
  manager: EntityManager,
  programmeId: string,
  { aims, roles, plannedJourneys }: ProgrammePlan,
): Promise<void> {
  if (aims !== undefined) await writeAims(manager, programmeId, aims ?? []);
  if (roles !== undefined) await writeRoles(manager, { programmeId }, roles ?? []);
  if (plannedJourneys !== undefined)
    await writeJourneys(manager, programmeId, plannedJourneys ?? []);
}

/**
 * Writes the aims as statements, whose ids keep the order of the request. An aim that stays word by
 * word keeps its source.
 */
async function writeAims(
  manager: EntityManager,
  programmeId: string,
  aims: readonly string[],
): Promise<void> {
  const ofAims = { programmeId, kind: StatementKind.AIM };
  const before = await manager.findBy(Statement, ofAims);
  const countries = await manager.findBy(StatementCountry, {
    statementId: In(before.map(({ id }) => id)),
  });
  const rows = aims.map((text, position) => {
    const old = before.find((one) => one.text === text);
    const id = `${programmeId}/aim/${String(position).padStart(3, '0')}`;
    return { row: Object.assign(toAim(text), old, ofAims, { id }), oldId: old?.id };
  });
  const gone = before.filter(({ id }) => rows.every(({ row }) => row.id !== id));
  await manager.delete(StatementCountry, { statementId: In(before.map(({ id }) => id)) });
  await manager.delete(Statement, { id: In(gone.map(({ id }) => id)) });
  for (const { row, oldId } of rows) {
    await manager.upsert(Statement, row, ['id']);
    const own = countries.filter(({ statementId }) => statementId === oldId);
    await manager.insert(
      StatementCountry,
      own.map(({ country, position }) => ({ country, position, statementId: row.id })),
    );
  }
}

const toAim = (text: string) => ({
  text,
  ...deriveStatementColumns({ text }),
  eventId: null,
  organisationId: null,
  traffickingRoles: [],
  primaryRole: null,
  source: networkSite,
  place: null,
});

/** Writes the journeys anew. One that stays as it is keeps its source. */
async function writeJourneys(
  manager: EntityManager,
  programmeId: string,
  journeys: readonly PlannedJourneyInput[],
): Promise<void> {
  const before = await manager.findBy(PlannedJourney, { programmeId });
  await manager.delete(PlannedJourney, { programmeId });
  await manager.insert(
    PlannedJourney,
    journeys.map(({ direction, weeks, destination }, position) => {
      const old = before.find(
        (one) =>
          one.direction === direction && one.weeks === weeks && one.destination === destination,
      );
      const id = `${programmeId}/journey/${position}`;
      return {
        id,
        programmeId,
        position,
        direction,
        weeks,
        destination,
        source: old?.source ?? null,
      };
    }),
  );
}
