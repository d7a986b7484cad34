import { closeKeys, performErasure } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { eraseElsewhere, noteErasure } from '@hub/shared/programme';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { DelegateTravelNeeds } from '../entities/delegate-travel-needs.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';

/** The ids of all records about a delegate. */
async function findRecords(manager: EntityManager, delegateId: string): Promise<string[]> {
  const nominations = await manager.findBy(DelegateNomination, { delegateId });
  const reports = await manager.findBy(ParticipantReport, { delegateId });
  return [delegateId, ...[...nominations, ...reports].map(({ id }) => id)];
}

/**
 * Removes a delegate’s personal data, formalities and travel needs, and all texts by or about the
 * delegate. The other rows stay, so that counts of people do not change. False for an unknown delegate.
 */
export async function eraseDelegate(context: PartnerContext, id: string): Promise<boolean> {
  const isErased = await performErasure(context, { name: 'eraseDelegate' }, async (manager) => {
    // PostgreSQL refuses a text with NUL.
    const delegate = id.includes('\0') ? null : await manager.findOneBy(Delegate, { id });
    if (!delegate) return false;
    const { name, email, employer, version } = delegate;
    if (name !== null || email !== null || employer !== null) {
      const erased = { name: null, email: null, employer: null };
      await manager.update(Delegate, { id }, { ...erased, version: version + 1 });
    }
    await manager.update(
      DelegateNomination,
      [
        { delegateId: id, motivation: Not(IsNull()) },
        { delegateId: id, reason: Not(IsNull()) },
      ],
      { motivation: null, reason: null, version: () => 'version + 1' },
    );
    await manager.update(ParticipantReport, { delegateId: id }, { text: null });
    await manager.delete(DelegateFormality, { delegateId: id });
    await manager.delete(DelegateTravelNeeds, { delegateId: id });
    await closeKeys(manager, await findRecords(manager, id));
    await noteErasure(manager, id, context);
    return true;
  });
  if (isErased) await eraseElsewhere(context, id);
  return isErased;
}
