import { FairSlots, type Caller } from '@hub/shared/graphql';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { countContacts, type ContactSources } from './count-contacts.js';
import { CountedContacts } from './counted-contacts.js';
import type { GraphComputation, GraphResult, GraphResults } from './graph-computations.js';
import { GraphWorker } from './graph-worker.js';
import type { OwnOccasions } from './load-own-occasions.js';
import type { Occasion } from './occasion.js';

/** The caller, and the time until which it waits, on the clock of `performance.now()`. */
export interface WaitingCaller {
  readonly caller: Caller;
  readonly until: number;
}

/** Pieces of evidence in all cached counts. */
const mostEvidence = 200_000;
/** Numbers in all cached results. */
const mostNumbers = 1_000_000;

/** One computation runs at a time. Each caller has a short queue, and callers take turns. */
const slots = {
  total: 1,
  perGroup: 1,
  perMember: 1,
  waiting: 16,
  waitingPerMember: 4,
  longestWaitMs: 4_000,
} as const;

type Result = GraphResults[keyof GraphResults];

const sizeOf = (value: unknown): number =>
  Array.isArray(value)
    ? value.reduce<number>((sum, each) => sum + sizeOf(each), 1)
    : typeof value === 'object' && value !== null
      ? sizeOf(Object.values(value))
      : 1;

/** What contacts are counted from. */
interface CountedFrom extends Omit<ContactSources, 'occasions'> {
  readonly own: OwnOccasions;
  /** The visits that count for the caller. */
  readonly visits: readonly Occasion[];
}

/**
 * Counts contacts of one database and computes over them. The cache key of a result covers
 * everything that it is computed from. So a result is valid until any of it changes, and no caller
 * gets a result computed from data that the caller may not read.
 */
export class ContactEngine {
  readonly #worker = new GraphWorker();
  readonly #slots = new FairSlots(slots);
  readonly #counts = new LRUCache<string, CountedContacts>({
    maxSize: mostEvidence,
    sizeCalculation: ({ contacts }) => contacts.reduce((sum, { strength }) => sum + strength, 1),
  });
  readonly #results = new LRUCache<string, Result>({
    maxSize: mostNumbers,
    sizeCalculation: sizeOf,
  });
  /**
   * By key. A caller that requests the same result while it is computed waits for that computation.
   */
  readonly #underWay = new Map<string, Promise<Result>>();

  /** @throws HubError `QUERY_TOO_COMPLEX` */
  count({ own, visits, affiliations, filter, without }: CountedFrom): CountedContacts {
    const text = JSON.stringify([own.hash, visits, [...affiliations], filter, without]);
    const key = createHash('sha256').update(text).digest('base64url');
    let counted = this.#counts.get(key);
    if (!counted) {
      const occasions = [...own.occasions, ...visits];
      const contacts = countContacts({ occasions, affiliations, filter, without });
      counted = new CountedContacts(key, contacts);
      this.#counts.set(key, counted);
    }
    return counted;
  }

  /**
   * Computes over the graph of contacts in a thread.
   * @throws HubError `OVERLOADED` if the queue is full or the computation takes too long
   */
  async compute<Computation extends GraphComputation>(
    counted: CountedContacts,
    computation: Computation,
    waiting: WaitingCaller,
  ): Promise<GraphResult<Computation>> {
    const key = `${counted.key} ${JSON.stringify(computation)}`;
    const known = this.#results.get(key);
    if (known) return known as GraphResult<Computation>;
    let computed = this.#underWay.get(key);
    if (!computed) {
      computed = this.#computeInTurn(counted, computation, waiting)
        .then((result) => {
          this.#results.set(key, result);
          return result;
        })
        .finally(() => this.#underWay.delete(key));
      this.#underWay.set(key, computed);
    }
    return (await computed) as GraphResult<Computation>;
  }

  close(): Promise<void> {
    return this.#worker.close();
  }

  async #computeInTurn(
    { graph }: CountedContacts,
    computation: GraphComputation,
    { caller, until }: WaitingCaller,
  ): Promise<Result> {
    const leave = await this.#slots.enter(caller, undefined, until - performance.now());
    try {
      return await this.#worker.compute(graph, computation);
    } finally {
      leave();
    }
  }
}

const engines = new WeakMap<DataSource, ContactEngine>();

/** The engine of a database. Its thread starts with the first computation. */
export function engineOf(source: DataSource): ContactEngine {
  let engine = engines.get(source);
  if (!engine) engines.set(source, (engine = new ContactEngine()));
  return engine;
}

/** Stops the thread of a database’s engine. */
export async function closeEngine(source: DataSource): Promise<void> {
  await engines.get(source)?.close();
}
