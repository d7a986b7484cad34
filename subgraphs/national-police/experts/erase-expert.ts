import type { PartnerContext } from '@hub/shared/context';
import { closeKeys, performErasure } from '@hub/shared/mutations';
import { Expert } from '../entities/expert.entity.js';

/** Removes who an expert is; what the expert can do stays, as a number of it. False when there is no such expert. */
export function eraseExpert(context: PartnerContext, id: string): Promise<boolean> {
  return performErasure(context, { name: 'eraseExpert' }, async (manager) => {
    // PostgreSQL refuses a text with NUL in it; nobody has one.
    if (id.includes('\0') || !(await manager.existsBy(Expert, { id }))) return false;
    await manager.update(Expert, { id }, { name: null, email: null });
    await closeKeys(manager, [id]);
    return true;
  });
}
