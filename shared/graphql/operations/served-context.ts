import type {
  GraphQLRequest,
  GraphQLRequestContext,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextWillSendResponse,
} from '@apollo/server';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { ServerResponse } from 'node:http';
import type { Reader } from '../../identity/reader.js';

/** The position of an item in its bag. */
export interface Bagged {
  place: number;
}

/**
 * An unordered set for objects that come and go with every request. It is an array: when a `Map` or
 * a `Set` grows, V8 links the old table to the new one. Once one of these tables is in the old
 * generation, all later tables stay until the next full garbage collection, with the requests that
 * they held.
 */
export class Bag<Item extends Bagged> {
  readonly #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  add(item: Item): void {
    item.place = this.#items.length;
    this.#items.push(item);
  }

  has(item: Item): boolean {
    return this.#items[item.place] === item;
  }

  /** False if it is not in this bag. */
  delete(item: Item): boolean {
    if (!this.has(item)) return false;
    const last = this.#items.pop();
    if (last && last !== item) {
      this.#items[item.place] = last;
      last.place = item.place;
    }
    return true;
  }

  /** A copy, because items may be deleted meanwhile. */
  list(): readonly Item[] {
    return [...this.#items];
  }
}

/** The cost of a request, besides being a request. */
export interface Work {
  /** CPU time, in milliseconds. */
  readonly ms?: number;
  /** Bytes of the request and the response. */
  readonly bytes?: number;
}

/** Charges work to one caller. */
export type Charge = (work: Work) => void;

/**
 * Measures work from now on, in milliseconds: the elapsed time or the CPU time of the process,
 * whichever is less. So neither the time of other processes nor that of other threads counts.
 */
export function startWork(): () => number {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  return () => {
    const wallMs = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(cpu);
    return Math.min(wallMs, (user + system) / 1_000);
  };
}

/**
 * Rejected work counts this many times as much. A caller who makes a few mistakes pays little. A
 * caller who sends only rejected requests is soon refused before they are read, and costs others
 * hardly anything.
 */
export const refusedWorkFactor = 20;

/**
 * Fires when nobody waits for the response any more: the part of an `AbortSignal` that calls need.
 * A complete one costs more than reading a request and writing its response.
 */
export interface ClientSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: true }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** A signal, and the method that fires it. */
export class ClientWatch implements ClientSignal {
  #isAborted = false;
  readonly #listeners = new Set<() => void>();

  get aborted(): boolean {
    return this.#isAborted;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }

  abort(): void {
    this.#isAborted = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}

type WatchedResponse = Pick<ServerResponse, 'once' | 'destroyed' | 'writableFinished'>;

/** Watches whether the client disconnects before the response is sent. */
export function watchResponse(response: WatchedResponse): ClientSignal {
  const watch = new ClientWatch();
  const end = () => {
    if (!response.writableFinished) watch.abort();
  };
  if (response.destroyed) end();
  else response.once('close', end);
  return watch;
}

/** The same as an `AbortSignal`, for APIs that require one. */
export function createAbortSignal(response: WatchedResponse): AbortSignal {
  const controller = new AbortController();
  const watch = watchResponse(response);
  if (watch.aborted) controller.abort();
  else watch.addEventListener('abort', () => controller.abort());
  return controller.signal;
}

/**
 * What happens at a value that is missing with an error and must not be null. `PROPAGATE`: its
 * nearest nullable parent is null. `NULL`: it is null itself. `HALT`: the response has no data.
 * @see https://github.com/graphql/graphql-spec/pull/1163
 */
export type ErrorBehavior = (typeof errorBehaviors)[number];

export const errorBehaviors = ['PROPAGATE', 'NULL', 'HALT'] as const;

/** A request with the behaviour that its client wants. @default `PROPAGATE` */
export interface BehavedRequest extends GraphQLRequest {
  readonly onError?: ErrorBehavior | undefined;
  /** Whether the data of the response may be JSON already, as `WrittenData`. @default false */
  readonly takesText?: boolean | undefined;
}

/** A slot, and the operation that holds it. */
export interface HeldSlot<Context = unknown> extends Bagged {
  readonly context: Context;
  give(): void;
}

/** The properties of every context. */
export interface ServedContext {
  readonly requestId: string;
  /** Called with the cost of the request. @default it is not counted */
  readonly charge?: Charge | undefined;
  /** The caller. The log has its organisation and role. @default unknown */
  readonly reader?: Reader;
  /**
   * Fires when the client disconnects. PostgreSQL then stops reading for it. @default it continues
   */
  readonly clientSignal?: ClientSignal | undefined;
  /** The name of the operation, for the log. Set once the document is parsed. */
  operationName?: string | null | undefined;
  /** The slot that the operation holds. */
  slot?: HeldSlot | undefined;
}

/**
 * Functions that are called at certain points of every operation. They keep no state between
 * operations.
 */
export interface OperationHooks<Context extends ServedContext> {
  /**
   * The text was parsed, and is not validated yet. Called once for each text. Throws to reject it.
   */
  didParse?(request: { readonly schema: GraphQLSchema; readonly document: DocumentNode }): void;
  /**
   * The document is valid, and nothing has been executed. `operation` is missing if its name is
   * unknown. Throws to reject the operation.
   */
  didResolveOperation?(
    request: GraphQLRequestContextDidResolveOperation<Context>,
  ): void | Promise<void>;
  /** The response is about to be written. */
  willSendResponse?(
    request: GraphQLRequestContextWillSendResponse<Context> & Executed,
  ): void | Promise<void>;
  /** An unexpected error occurred. */
  didFail?(request: GraphQLRequestContext<Context>, error: Error): void;
}

/** Whether the operation was executed at all. */
export interface Executed {
  readonly isExecuted: boolean;
}
