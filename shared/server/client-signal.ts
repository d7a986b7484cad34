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

/** Watches whether the client of a response goes away before it is answered. */
export function watchResponse(
  response: Pick<ServerResponse, 'once' | 'destroyed' | 'writableFinished'>,
): ClientSignal {
  const watch = new ClientWatch();
  const end = () => {
    if (!response.writableFinished) watch.abort();
  };
  if (response.destroyed) end();
  else response.once('close', end);
  return watch;
}
