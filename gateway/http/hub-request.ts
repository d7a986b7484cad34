import type { ClientSignal } from '@hub/shared/graphql';

/** What is known of a request before it is executed. */
export interface HubRequest {
  readonly requestId: string;
  /** Fires when the client goes away. */
  readonly signal: ClientSignal;
  readonly authorization?: string;
  /** Where it came from. */
  readonly address?: string;
  /** How long its client says that it waits, in milliseconds. */
  readonly timeLeftMs?: number | undefined;
  /** True for a client that takes nothing that was kept of earlier answers. */
  readonly wantsFresh?: boolean;
}
