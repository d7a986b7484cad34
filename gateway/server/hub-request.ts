import { Refusal } from '@hub/shared/errors';
import type { ClientSignal } from '@hub/shared/graphql';
import { joinClientName, readPurpose, type Reader } from '@hub/shared/identity';
import type { IncomingHttpHeaders } from 'node:http';

/** What partners record about a reading, in the words of a request’s body, if that says it. */
interface ReadingDetails {
  /** Why the caller reads. @default what the header says */
  readonly purpose?: string | undefined;
  /** What the client calls its program. */
  readonly clientName?: string | undefined;
}

/** What the hub knows about a request before it executes the operation. */
export interface HubRequest {
  readonly requestId: string;
  /** Fires when the client disconnects. */
  readonly signal: ClientSignal;
  readonly authorization?: string | undefined;
  /** For whom a link of the hub reads. `authorization` is then ignored. @default nobody */
  readonly reader?: Reader;
  /** The client’s address. @default this process, which has no rate limit */
  readonly address?: string;
  /** All that it sends. Foreign subgraphs get those that the operator names. @default none */
  readonly headers?: IncomingHttpHeaders;
  /** How long the client waits, in milliseconds. Only respected for partners’ own servers. */
  readonly timeLeftMs?: number | undefined;
  /** How long the client wants to wait: the header `hub-deadline-ms`. @default as long as the hub */
  readonly deadlineMs?: number | undefined;
  /** True if the client accepts no cached response. */
  readonly wantsFresh?: boolean;
  /** True if the client requests a trace of the calls to partners: the header `hub-trace: 1`. */
  readonly wantsTrace?: boolean;
  /** True if the client wants the operation kept as evidence: the header `hub-evidence: 1`. */
  readonly wantsEvidence?: boolean;
  /** What the client calls its program: the header `apollographql-client-name`. */
  readonly clientName?: string | string[] | undefined;
  /** Why the caller reads: the header `hub-purpose`. @default what the token says */
  readonly purpose?: string | undefined;
  /** Called once the request is counted: what its body says about the reading. */
  readonly readDetails?: () => ReadingDetails;
}

/** How long a client waits, in milliseconds. What has arrived by then is the response. */
const deadlineHeader = 'hub-deadline-ms';

/** @throws Refusal for another form */
function readDeadline(header: string | string[] | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && /^[1-9]\d{0,6}$/.test(header)) return Number(header);
  const message = `${deadlineHeader} must be a number of milliseconds from 1 to 9999999.`;
  throw new Refusal('BAD_REQUEST', 400, { message });
}

/**
 * What every request of a client says, whatever it asks for.
 * @throws Refusal for a header that is invalid
 */
export const readHubRequest = <Signal extends ClientSignal>(
  { id, ip, headers }: IncomingRequest,
  signal: Signal,
) => ({
  requestId: id,
  signal,
  authorization: headers.authorization,
  address: ip,
  headers,
  clientName: joinClientName(headers),
  purpose: readPurpose(headers),
  deadlineMs: readDeadline(headers[deadlineHeader]),
});

interface IncomingRequest {
  readonly id: string;
  readonly ip: string;
  readonly headers: IncomingHttpHeaders;
}

/** Who sends a request. */
export type Sender = Pick<HubRequest, 'authorization' | 'address'>;
