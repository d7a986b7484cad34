import type { DataSource } from 'typeorm';

const listeners = new WeakMap<DataSource, Set<() => void>>();

/**
 * Calls a function after each mutation that this process commits. It is a hint: other processes
 * write to the same database, and a repeated mutation commits nothing.
 * @returns a function that ends it
 */
export function watchCommits(source: DataSource, listener: () => void): () => void {
  const own = listeners.get(source) ?? new Set();
  listeners.set(source, own);
  own.add(listener);
  return () => own.delete(listener);
}

/** Says that a mutation was committed. Call it after the transaction. */
export function noteCommit(source: DataSource): void {
  for (const listener of listeners.get(source) ?? []) listener();
}
