import { closeKeys, performErasure } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { eraseElsewhere, noteErasure } from '@hub/shared/programme';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import { Expert } from '../entities/expert.entity.js';

/**
 * Removes an expert’s personal data. The row stays, so that counts do not change. False for an
 * unknown expert.
 */
export async function eraseExpert(context: PartnerContext, id: string): Promise<boolean> {
  const isErased = await performErasure(context, { name: 'eraseExpert' }, async (manager) => {
    // PostgreSQL refuses a text with NUL, which no id has.
    const expert = id.includes('\0') ? null : await manager.findOneBy(Expert, { id });
    if (!expert) return false;
    if (expert.name !== null) {
      const erased = { name: null, email: null, version: expert.version + 1 };
      await manager.update(Expert, { id }, erased);
      await manager.update(
        ExpertLoan,
        { expertId: id },
        {
          loanReason: null,
          withdrawReason: null,
        },
      );
    }
    await closeKeys(manager, [id]);
    await noteErasure(manager, id, context);
    return true;
  });
  if (isErased) await eraseElsewhere(context, id);
  return isErased;
}
