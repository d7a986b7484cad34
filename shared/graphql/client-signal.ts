import type { ServerResponse } from 'node:http';

/**
 * Fires when nobody waits any more: as much of an `AbortSignal` as calls need. A whole one costs more than to read a
 * request and write its answer.
 */
export interface ClientSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: true }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** A signal, and what fires it. */
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

/** Watches whether the client of a response goes away before it is answered. */
export function watchResponse(response: WatchedResponse): ClientSignal {
  const watch = new ClientWatch();
  const end = () => {
    if (!response.writableFinished) watch.abort();
  };
  if (response.destroyed) end();
  else response.once('close', end);
  return watch;
}

/** The same as a whole signal, for whoever hands it on to what knows no other. */
export function createAbortSignal(response: WatchedResponse): AbortSignal {
  const controller = new AbortController();
  const watch = watchResponse(response);
  if (watch.aborted) controller.abort();
  else watch.addEventListener('abort', () => controller.abort());
  return controller.signal;
}
