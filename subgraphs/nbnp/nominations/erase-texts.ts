import { closeKeys, findBatchKeys, performErasure } from '@hub/shared/partner';
import { codes, readers, type Levels, type PartnerContext } from '@hub/shared/policy';
import { isKeyRemoved, removeKey } from '@hub/shared/records';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Absence } from '../entities/visit.entity.js';
import { AbsenceReason } from '../entities/vocabulary.js';

/** Who may ask for it: those who could erase the person, and their server. */
export const erasers: Levels = {
  erasers: {
    readers: 'co-ordinators and the server of the organisation whose person was erased',
    decide: (_row, { reader }, { person }) =>
      typeof person === 'string' &&
      readers.isOneOf(reader, codes.ownerOf(person), readers.coordinators),
  },
};

/** What the network has written about a person of another organisation. */
const findTexts = (manager: EntityManager, person: string) => ({
  nominations: manager.find(OfficerNomination, {
    where: { officerId: person, declineReason: Not(IsNull()) },
  }),
  absences: manager.find(Absence, {
    where: { participantId: person, reason: Not(AbsenceReason.OTHER) },
  }),
});

/**
 * Removes what the network has written about a person whom her organisation has erased: why she was
 * declined, and why she did not travel. That she was, and did not, stays. Nor can a reason that was
 * refused among others be guessed from the hash of its input, nor be found what was read about her.
 * @returns true, since nothing is left then
 */
export async function eraseTexts(context: PartnerContext, person: string): Promise<boolean> {
  // PostgreSQL refuses a text with NUL, which no id has.
  if (person.includes('\0')) return true;
  const { manager: reading } = context.source;
  const found = findTexts(reading, person);
  const texts = [...(await found.nominations), ...(await found.absences)];
  const keys = await findBatchKeys(reading, [person]);
  if (texts.length + keys.length === 0 && (await isKeyRemoved(reading, person))) return true;
  return performErasure(context, { name: 'eraseTexts' }, async (manager) => {
    const { nominations, absences } = findTexts(manager, person);
    for (const { id } of await nominations)
      await manager.update(OfficerNomination, { id }, { declineReason: null });
    for (const { visitId } of await absences)
      await manager.update(
        Absence,
        { visitId, participantId: person },
        { reason: AbsenceReason.OTHER },
      );
    const groups = texts.map(({ groupId }) => groupId);
    await closeKeys(manager, groups, ['declineOfficer', 'recordAbsence']);
    await closeKeys(manager, [person]);
    await removeKey(manager, person);
    return true;
  });
}
