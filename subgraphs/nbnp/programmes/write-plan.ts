import { notFound, pickGiven } from '@hub/shared/partner';
import { isDeepStrictEqual } from 'node:util';
import { In, type EntityManager } from 'typeorm';
import { Group } from '../entities/group.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Side } from '../entities/side.entity.js';
import {
  Statement,
  StatementCountry,
  deriveStatementColumns,
} from '../entities/statement.entity.js';
import { StatementKind } from '../entities/vocabulary.js';
import { writeGroup } from '../groups/group-for-change.js';
import { writeRoles } from '../network/write-roles.js';
import { findFirstOffice } from '../sides/load-sides.js';
import { writeSides } from '../sides/write-sides.js';
import type { PlannedJourneyInput, ProgrammePlan } from './programme.input.js';

/** The source of what the network states itself: its own site. */
const networkSite = 'https://nbnp.ee/';

/** Writes the lists of a programme that an input gives. */
export async function writeLists(
  manager: EntityManager,
  programmeId: string,
  { aims, roles, plannedJourneys, sides }: ProgrammePlan,
): Promise<void> {
  if (sides !== undefined) await writeSides(manager, programmeId, sides ?? []);
  if (aims !== undefined) await writeAims(manager, programmeId, aims ?? []);
  if (roles !== undefined) await writeRoles(manager, { programmeId }, roles ?? []);
  if (plannedJourneys !== undefined)
    await writeJourneys(manager, programmeId, plannedJourneys ?? []);
  if (sides !== undefined) await writeFirstOffices(manager, programmeId);
}

/** Writes again which office stands for the groups that go between sides. */
async function writeFirstOffices(manager: EntityManager, programmeId: string): Promise<void> {
  for (const group of await manager.findBy(Group, { programmeId })) {
    const { fromSideId, toSideId, coordinatingOfficeId: before } = group;
    if (fromSideId === null || toSideId === null) continue;
    const coordinatingOfficeId = await findFirstOffice(manager, fromSideId, toSideId);
    if (coordinatingOfficeId !== before) await writeGroup(manager, group, { coordinatingOfficeId });
  }
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
  checkedOn: null,
  place: null,
  version: 1,
});

const planFields = ['direction', 'fromSideId', 'toSideId', 'weeks', 'destination'] as const;

/**
 * Writes the journeys anew. One that stays as it is keeps its source.
 * @throws HubError `NOT_FOUND` for a side that the programme does not have
 */
async function writeJourneys(
  manager: EntityManager,
  programmeId: string,
  journeys: readonly PlannedJourneyInput[],
): Promise<void> {
  const before = await manager.findBy(PlannedJourney, { programmeId });
  const planned = await manager.findBy(Side, { programmeId });
  const sideOf = (name: string | null | undefined, argument: string): string | null =>
    name == null ? null : (planned.find((side) => side.name === name)?.id ?? notFound(argument));
  await manager.delete(PlannedJourney, { programmeId });
  await manager.insert(
    PlannedJourney,
    journeys.map(({ direction = null, weeks, destination, ...ends }, position) => {
      const place = `input.plannedJourneys.${position}`;
      const plan = {
        direction,
        fromSideId: sideOf(ends.from, `${place}.from`),
        toSideId: sideOf(ends.to, `${place}.to`),
        weeks,
        destination,
      };
      const old = before.find((one) => isDeepStrictEqual(pickGiven(one, planFields), plan));
      const id = `${programmeId}/journey/${position}`;
      return { id, programmeId, position, ...plan, source: old?.source ?? null };
    }),
  );
}
