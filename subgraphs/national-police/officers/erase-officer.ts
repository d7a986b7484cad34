import { closeKeys, performErasure } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { eraseElsewhere, noteErasure } from '@hub/shared/programme';
import { IsNull, Not } from 'typeorm';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { OfficerTravelNeeds } from '../entities/officer-travel-needs.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';

/**
 * Removes an officer’s personal data, formalities and travel needs, and all texts by or about the
 * officer. The other rows stay, so that counts of people do not change. False for an unknown officer.
 * The network removes its own texts, at once if it is available.
 */
export async function eraseOfficer(context: PartnerContext, id: string): Promise<boolean> {
  const isErased = await performErasure(context, { name: 'eraseOfficer' }, async (manager) => {
    // PostgreSQL refuses a text with NUL, which no id has.
    const officer = id.includes('\0') ? null : await manager.findOneBy(Officer, { id });
    if (!officer) return false;
    const ofOfficer = { officerId: id };
    if (officer.name !== null) {
      const erased = { name: null, email: null, rank: null };
      await manager.update(Officer, { id }, { ...erased, version: officer.version + 1 });
    }
    await manager.update(
      OfficerNomination,
      { ...ofOfficer, motivation: Not(IsNull()) },
      { motivation: null, version: () => 'version + 1' },
    );
    await manager.update(ParticipantReport, ofOfficer, { text: null });
    await manager.delete(OfficerFormality, ofOfficer);
    await manager.delete(OfficerTravelNeeds, ofOfficer);
    const select = { id: true } as const;
    const nominations = await manager.find(OfficerNomination, { select, where: ofOfficer });
    const reports = await manager.find(ParticipantReport, { select, where: ofOfficer });
    await closeKeys(manager, [id, ...[...nominations, ...reports].map((record) => record.id)]);
    await noteErasure(manager, id, context);
    return true;
  });
  if (isErased) await eraseElsewhere(context, id);
  return isErased;
}
