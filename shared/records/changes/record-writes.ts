import type { EntityManager } from 'typeorm';
import { recordChanges, type MutationChanges } from './record-changes.js';
import { WatchedWrites } from './watched-writes.js';

/** Who makes a change, by which mutation, and why. */
export type Writing = Omit<MutationChanges, 'records'>;

/**
 * Runs work in an open transaction, and records in the same transaction what the work changed. The
 * record is written last, so that other writers of the record wait only for the commit.
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
