import type { ResponseHeaders } from './cache-control.js';

/** A request as it is sent. */
interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
  /** Those that prove that it is the hub’s. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A response as it came. */
interface CameResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: Buffer;
}

/** Keeps what is sent to partners and what comes. Such a call shares no response with others. */
export interface CallKeeper {
  /** Returns what to call with the response, if one comes. */
  begin(request: SentRequest): (response: CameResponse) => void;
}
