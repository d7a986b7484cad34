import type { Reader } from '../../identity/reader.js';
import type { Bagged } from './bag.js';
import type { ClientSignal } from './client-signal.js';
import type { Charge } from './work.js';

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
