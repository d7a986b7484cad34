import { LessThan, type DataSource } from 'typeorm';
import { writeInTurn } from '../../database/transaction.js';
import { UsedNonce } from './used-nonce.entity.js';

/** A request is valid for five minutes. The rest of the hour is for a clock that is set back. */
const storedMs = 3_600_000;

/**
 * Stores the nonce of a mutation’s request on disk before the mutation writes, so that it is
 * accepted once, even after a restart and by several processes with the same database.
 * @returns false if a request with this nonce came before
 */
export function takeNonce(source: DataSource, nonce: string, now: Date): Promise<boolean> {
  return writeInTurn(source, async (manager) => {
    if (await manager.existsBy(UsedNonce, { nonce })) return false;
    const at = LessThan(new Date(now.getTime() - storedMs).toISOString());
    await manager.delete(UsedNonce, { at });
    await manager.insert(UsedNonce, { nonce, at: now.toISOString() });
    return true;
  });
}
