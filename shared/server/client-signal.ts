import type { ServerResponse } from 'node:http';

/**
 * Fires when a client goes away before it is answered: as much of an `AbortSignal` as calls need. A whole one costs more
 * than to read a request and write its answer.
 */
export interface ClientSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: true }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

type Response = Pick<ServerResponse, 'once' | 'destroyed' | 'writableFinished'>;

/** The signal of one response. */
export class ResponseSignal implements ClientSignal {
  #isAborted = false;
  readonly #listeners = new Set<() => void>();

  constructor(response: Response) {
    const end = () => this.#end(response);
    if (response.destroyed) end();
    else response.once('close', end);
  }

  get aborted(): boolean {
    return this.#isAborted;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }

  #end({ writableFinished }: Response): void {
    if (writableFinished) return;
    this.#isAborted = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}
