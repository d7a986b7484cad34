import type { ClientSignal } from '@hub/shared/graphql';
import type { Reader } from '@hub/shared/identity';

/** What the hub knows about a request before it executes the operation. */
export interface HubRequest {
  readonly requestId: string;
  /** Fires when the client disconnects. */
  readonly signal: ClientSignal;
  readonly authorization?: string | undefined;
  /** For whom a link of the hub reads. `authorization` is then ignored. @default nobody */
  readonly reader?: Reader;
  /** The client’s address. */
  readonly address?: string;
  /** How long the client says that it waits, in milliseconds. */
  readonly timeLeftMs?: number | undefined;
  /** True if the client accepts no cached response. */
  readonly wantsFresh?: boolean;
  /** What the client calls its program: the header `apollographql-client-name`. */
  readonly clientName?: string | string[] | undefined;
}
