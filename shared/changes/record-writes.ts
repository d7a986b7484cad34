import type { EntityManager } from 'typeorm';
import { recordChanges, type MutationChanges } from '../disclosure/index.js';
import { WatchedWrites } from './watched-writes.js';

/** Who changes something, by which mutation, and why. */
export type Writing = Omit<MutationChanges, 'records'>;

/**
 * Does work in a transaction that has begun, and records in the same transaction what it really changed. The record is
 * written last: whoever else appends to it waits for the commit alone.
 */
export async function recordWrites<Result>(
  manager: EntityManager,
  writing: Writing,
  write: (manager: EntityManager) => Promise<Result>,
): Promise<Result> {
  const watched = new WatchedWrites(manager);
  const result = await write(watched);
  await recordChanges(manager, { ...writing, records: watched.changes });
  return result;
}
