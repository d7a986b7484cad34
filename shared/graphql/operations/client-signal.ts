import type { ServerResponse } from 'node:http';

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
