import { LessThan, type DataSource } from 'typeorm';
import { writeInTurn } from '../database/index.js';
import { UsedNonce } from './used-nonce.entity.js';

/** A request is accepted for five minutes. The rest of the hour is for a clock that is set back. */
const keptMs = 3_600_000;

/**
 * Keeps the nonce of a request that is about to write, on disk, before it writes: it counts once, whatever restarts and
 * however many processes share the database.
 * @returns false where a request with this nonce has come before
 */
export function takeNonce(source: DataSource, nonce: string, now: Date): Promise<boolean> {
  return writeInTurn(source, async (manager) => {
    if (await manager.existsBy(UsedNonce, { nonce })) return false;
    const at = LessThan(new Date(now.getTime() - keptMs).toISOString());
    await manager.delete(UsedNonce, { at });
    await manager.insert(UsedNonce, { nonce, at: now.toISOString() });
    return true;
  });
}
