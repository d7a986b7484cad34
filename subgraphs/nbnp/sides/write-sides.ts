import { randomUUID } from 'node:crypto';
import { In, type EntityManager } from 'typeorm';
import { Side, SideParty } from '../entities/side.entity.js';
import { countriesOf, namedIn } from './check-sides.js';
import type { SideInput } from './side.input.js';

/** Writes the sides of a programme anew. A side that keeps its name keeps its id. */
export async function writeSides(
  manager: EntityManager,
  programmeId: string,
  inputs: readonly SideInput[],
): Promise<void> {
  const before = await manager.findBy(Side, { programmeId });
  const idOf = new Map(
    inputs.map(({ name }) => {
      const old = before.find((side) => side.name === name);
      return [name, old?.id ?? `${programmeId}-side-${randomUUID()}`];
    }),
  );
  const kept = new Set(idOf.values());
  await manager.delete(SideParty, { programmeId });
  await manager.delete(Side, { id: In(before.flatMap(({ id }) => (kept.has(id) ? [] : id))) });
  for (const [position, input] of inputs.entries()) {
    const side = {
      id: idOf.get(input.name) ?? '',
      programmeId,
      position,
      name: input.name,
      countries: countriesOf(input),
      regionCodes: input.regions ?? [],
      ownSectors: input.sectorsToShow ?? null,
    };
    await manager.upsert(Side, side, ['id']);
  }
  await manager.insert(
    SideParty,
    namedIn(inputs).map(({ side, part, partyId }, position) => {
      const sideId = idOf.get(side.name) ?? '';
      return { sideId, part, partyId, programmeId, position };
    }),
  );
}
