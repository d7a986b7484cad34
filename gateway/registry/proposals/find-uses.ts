import type { OperationUse } from '../usage/usage-store.js';
import type { GraphChange } from './find-changes.js';

/** A client that a breaking change would break. */
export interface BrokenClient {
  /** Empty if it has no name. */
  readonly client: string;
  /** The elements that it uses. */
  readonly elements: readonly string[];
  /** The hashes of its operations. */
  readonly operations: readonly string[];
  /** How often it sent them. */
  readonly count: number;
  /** In UTC: `2026-11-26`. */
  readonly lastDay: string;
}

/** A breaking change that somebody uses. */
export interface UsedChange {
  readonly change: GraphChange;
  readonly clients: readonly BrokenClient[];
}

const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

function sumByClient(uses: readonly OperationUse[]): BrokenClient[] {
  return unique(uses.map(({ client }) => client)).map((client) => {
    const own = uses.filter((use) => use.client === client);
    // An operation that uses several of the elements was sent once.
    const sent = new Map(own.map(({ operation, count }) => [operation, count]));
    return {
      client,
      elements: unique(own.map(({ element }) => element)),
      operations: [...sent.keys()],
      count: [...sent.values()].reduce((sum, count) => sum + count, 0),
      lastDay: own.map(({ lastDay }) => lastDay).reduce((a, b) => (a > b ? a : b)),
    };
  });
}

/** Which of the changes would break a client, by what clients really used. */
export function findUsedChanges(
  changes: readonly GraphChange[],
  uses: readonly OperationUse[],
): UsedChange[] {
  return changes.flatMap((change) => {
    const needed = new Set(change.needs);
    const own = uses.filter(({ element }) => needed.has(element));
    return own.length > 0 ? [{ change, clients: sumByClient(own) }] : [];
  });
}
