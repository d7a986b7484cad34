import type { Reader } from '../identity/index.js';
import type { Bagged } from './bag.js';
import type { ClientSignal } from './client-signal.js';
import type { Charge } from './work.js';

/** A slot, and the operation that holds it. */
export interface HeldSlot<Context = unknown> extends Bagged {
  readonly context: Context;
  give(): void;
}

/** What every context has. */
export interface ServedContext {
  readonly requestId: string;
  /** Told what the request has cost. @default nobody counts it */
  readonly charge?: Charge | undefined;
  /** Who sent the request. The log says its organisation and role. @default nobody knows */
  readonly reader?: Reader;
  /** Fires when the client goes away: PostgreSQL then stops what it reads for it. @default it reads on */
  readonly clientSignal?: ClientSignal | undefined;
  /** The name of the operation, once its document is read. The log says it. */
  operationName?: string | null | undefined;
  /** The slot that the operation holds. */
  slot?: HeldSlot | undefined;
}
