import type { PartnerContext } from '@hub/shared/context';
import { closeKeys, performErasure } from '@hub/shared/mutations';
import { Expert } from '../entities/expert.entity.js';

/**
 * Removes an expert’s personal data. The row stays, so that counts do not change. False for an
 * unknown expert.
 */
export function eraseExpert(context: PartnerContext, id: string): Promise<boolean> {
  return performErasure(context, { name: 'eraseExpert' }, async (manager) => {
    // PostgreSQL refuses a text with NUL, which no id has.
    if (id.includes('\0') || !(await manager.existsBy(Expert, { id }))) return false;
    await manager.update(Expert, { id }, { name: null, email: null });
    await closeKeys(manager, [id]);
    return true;
  });
}
