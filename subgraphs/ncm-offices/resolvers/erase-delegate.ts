import { erase } from '@hub/shared/database';
import type { PartnerContext } from '@hub/shared/server';
import { IsNull, Not } from 'typeorm';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';

/**
 * Removes who a delegate is, and all that was written by or about the delegate. The rows stay, so that nothing that is
 * counted changes. False when there is no such delegate.
 */
export function eraseDelegate({ source }: PartnerContext, id: string): Promise<boolean> {
  return erase(source, async (manager) => {
    const delegate = await manager.findOneBy(Delegate, { id });
    if (!delegate) return false;
    const { name, email, employer, version } = delegate;
    if (name !== null || email !== null || employer !== null) {
      const erased = { name: null, email: null, employer: null };
      await manager.update(Delegate, { id }, { ...erased, version: version + 1 });
    }
    await manager
      .createQueryBuilder()
      .update(DelegateNomination)
      .set({ reason: null, version: () => 'version + 1' })
      .where({ delegateId: id, reason: Not(IsNull()) })
      .execute();
    await manager.update(ParticipantReport, { delegateId: id }, { text: null });
    return true;
  });
}
