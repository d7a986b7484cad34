import type { EntityManager } from 'typeorm';
import { toRoleId } from '../entities/event-derived.js';
import { PartyRole } from '../entities/party-role.entity.js';
import type { PartyRoleInput } from './party-role.input.js';

/** Whose roles they are. */
type Subject = { readonly eventId: string } | { readonly programmeId: string };

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
