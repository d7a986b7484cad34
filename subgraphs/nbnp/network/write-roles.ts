import type { EntityManager } from 'typeorm';
import { toRoleId } from '../entities/event-derived.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { type IsKept, keepOf } from './check-parties.js';
import type { PartyRoleInput } from './party-role.input.js';

/** Whose roles they are. */
type Subject = { readonly eventId: string } | { readonly programmeId: string };

/** Which roles an event or programme has already. */
export async function findKeptRoles(
  manager: EntityManager,
  subject: Subject,
  roles: readonly PartyRoleInput[] | null | undefined,
): Promise<IsKept> {
  const before = await manager.findBy(PartyRole, subject);
  return keepOf(
    roles,
    (index) => `input.roles.${index}.party`,
    ({ role, party }) => before.some((one) => one.role === role && one.partyId === party),
  );
}

/** Writes the roles of an event or programme anew. A role that stays keeps its source and note. */
export async function writeRoles(
  manager: EntityManager,
  subject: Subject,
  roles: readonly PartyRoleInput[],
): Promise<void> {
  const before = await manager.findBy(PartyRole, subject);
  await manager.delete(PartyRole, subject);
  const [subjectId = ''] = Object.values(subject) as string[];
  await manager.insert(
    PartyRole,
    roles.map(({ role, party }, position) => {
      const id = toRoleId(subjectId, role, party);
      const { source = null, note = null } = before.find((one) => one.id === id) ?? {};
      return { ...subject, id, role, partyId: party, position, source, note };
    }),
  );
}
