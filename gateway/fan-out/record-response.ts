import { isService } from '@hub/shared/identity';
import type { Span } from '@hub/shared/server';
import type { CallMeter, Fetch } from './fetch.js';
import type { OpenCall } from './operation-trace.js';
import type { CallStatus, PartnerFailure, ResponseStatus } from './partners/call-status.js';
import type { PartnerPort, PartnerResponse } from './partners/partner-port.js';

/** A response, and whose it is. */
export interface CameResponse {
  readonly fetch: Fetch;
  readonly port: PartnerPort;
  readonly response: PartnerResponse;
  readonly traced: OpenCall | undefined;
  /** How old the facts are that are shown in place of a response. @default there are none */
  readonly ageSeconds?: number | undefined;
  /** How long the call took. */
  readonly seconds: number;
  /** The partner that the client’s response names if there was no response. */
  readonly blamed: string;
}

/**
 * The partner that is the cause of a call without a response in time: another one, if the partner
 * waited at the hub for that one, or if the operation did and had too little time left.
 */
export function findCause(
  { subgraph, operation }: Fetch,
  code: string,
  response: PartnerResponse,
  seconds: number,
): string {
  if (!('failure' in response) || response.failure !== 'TIMED_OUT') return code;
  const waited = subgraph.waitedFor(code, seconds * 1_000);
  if (waited !== undefined || response.hadMs === undefined) return waited ?? code;
  return operation.longestWait ?? code;
}

/** Records what a response was, for the client, the status of the partner and the log. */
export function recordResponse(
  { fetch, port, response, traced, seconds, ageSeconds, blamed }: CameResponse,
  status: ResponseStatus,
  reason?: string,
  said: CallStatus = status,
): void {
  const { subgraph, operation } = fetch;
  const { code } = port;
  if (operation.signal.aborted) return;
  if (subgraph.meter) measure(subgraph.meter, code, response, { status, seconds });
  traced?.settle(status);
  if (subgraph.areNamed) {
    if (ageSeconds === undefined) operation.recordStatus(blamed, status);
    else operation.recordStatus(code, 'STALE', ageSeconds);
  }
  // A partner that responds is available, whatever it says.
  if (!response.isSecondHand) subgraph.recordCall(code, said);
  if (reason === undefined) return;
  // A response that does not fit may already be cached. If there was no response, the port itself
  // decides what that means.
  const isUsable = said === 'ANSWERED' || said === 'OVERLOADED';
  if (!('failure' in response) && !isUsable) port.invalidate?.();
  const about = { requestId: operation.requestId, partner: code, status, reason };
  // The first call that failed was logged, for the partner that is the cause.
  if ('failure' in response && response.isSecondHand)
    subgraph.logger.debug(about, 'no response for another reason, or logged already');
  else subgraph.logger.warn(about, 'partner failure');
}

/**
 * Records whom the operation missed. For a partner’s own request, it also records how long the
 * partner waited.
 */
export async function recordMissed(
  { fetch: { subgraph, operation }, port, response, seconds }: CameResponse,
  failure: PartnerFailure,
  cause: string,
): Promise<void> {
  const { reader } = operation;
  const isOther = cause !== port.code;
  const hadMs = 'failure' in response ? response.hadMs : undefined;
  if (isOther || hadMs !== undefined) operation.excuse(port.code);
  // A client may choose how long it waits. What a partner waits for, another one may have to name.
  const waiting = reader.kind === 'person' && isService(reader) ? reader.organisation : undefined;
  if (!isOther && hadMs !== undefined && (hadMs === 0 || waiting === undefined)) return;
  const isLate = failure === 'TIMED_OUT';
  const ms = seconds * 1_000;
  if (isLate) operation.recordWait(cause, ms);
  await subgraph.recordMissed(cause, failure, {
    isSecondHand: response.isSecondHand,
    waiter: isLate && waiting !== undefined ? { code: waiting, ms } : undefined,
  });
}

export function endSpan(span: Span, response: PartnerResponse): void {
  if ('failure' in response) span.end({ outcome: response.failure, isError: true });
  else span.end({ outcome: response.cachedSeconds === undefined ? 'ANSWERED' : 'CACHED' });
}

/** A call that failed for another reason than its partner’s is not the partner’s. */
function measure(
  meter: CallMeter,
  code: string,
  response: PartnerResponse,
  { status, seconds }: { readonly status: ResponseStatus; readonly seconds: number },
): void {
  if (!response.isSecondHand) meter.called(code, status, seconds);
  else if ('json' in response)
    meter.saved(code, response.cachedSeconds === undefined ? 'equal_call' : 'cache');
}
