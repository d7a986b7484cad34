import type { ResponsePath } from '../documents/response-path.js';
import type { CallFailure, CallStatus, ResponseStatus } from '../partners/call-status.js';
import { logForeignErrors } from '../partners/foreign-errors.js';
import type { PartnerCall, PartnerPort, PartnerResponse } from '../partners/partner-port.js';
import { readResponse, type PartnerError } from '../partners/read-response.js';
import type { Fetch } from './fetch.js';
import type { PartnerDocument } from './plan/partner-document.js';
import { InvalidResponse, type ProjectionContext } from './response/compile-projection.js';
import { findOwner } from './rules/find-owner.js';

/** The result of one request to a partner, checked and projected. */
export type Settled<Data> =
  | { readonly failure: CallFailure }
  | { readonly data: Data; readonly errors: readonly PartnerError[] };

/** How a response is checked against its request. */
export interface ResponseCheck<Data> {
  isAskedPath(path: ResponsePath): boolean;
  /**
   * Returns the selected parts of a response. Null data means that every part failed.
   * @throws InvalidResponse
   */
  project(
    data: Readonly<Record<string, unknown>> | null,
    context: ProjectionContext,
    errors: readonly PartnerError[],
  ): Data;
}

/** One request to a partner. */
export interface PartnerRequest {
  readonly document: PartnerDocument;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly isRepeatable: boolean;
}

/** Sends one request to a partner, and records whether it responded. */
export async function askPartner<Data>(
  fetch: Fetch,
  code: string,
  request: PartnerRequest,
  check: ResponseCheck<Data>,
): Promise<Settled<Data>> {
  const { subgraph, operation } = fetch;
  const port = subgraph.ports.get(code);
  if (!port) throw new Error(`${subgraph.model.name} has no partner ${code}.`);
  const response = await callPort(port, fetch, request);
  if (!request.isRepeatable && !isOverloaded(response)) operation.recordChange();
  const came: CameResponse = { fetch, port, response };
  const { isContracted } = subgraph.model;
  const { requestId } = operation;
  if (!isContracted) logForeignErrors(subgraph.logger, response, { requestId, partner: code });
  const read = readResponse(response, check.isAskedPath, isContracted);
  if ('failure' in read) {
    if (read.failure === 'OVERLOADED') return { failure: read.failure };
    recordResponse(came, read.failure, read.reason, read.callStatus);
    if (!operation.signal.aborted) await subgraph.recordMissed(code, read.failure);
    return { failure: read.failure };
  }
  try {
    const context = {
      isOwn: (typeName: string, owner: unknown) => isOwn(subgraph, code, typeName, owner),
    };
    const data = check.project(read.data, context, read.errors);
    recordResponse(came, 'ANSWERED');
    return { data, errors: read.errors };
  } catch (error) {
    if (!(error instanceof InvalidResponse)) throw error;
    recordResponse(came, 'INVALID_RESPONSE', error.message);
    await subgraph.recordMissed(code, 'INVALID_RESPONSE');
    return { failure: 'INVALID_RESPONSE' };
  }
}

async function callPort(
  port: PartnerPort,
  { operation }: Fetch,
  { document, variables, isRepeatable }: PartnerRequest,
): Promise<PartnerResponse> {
  const asked = pickVariables(variables, document.variables);
  operation.beginCall(port.code);
  const call: PartnerCall = {
    query: document.text,
    variables: asked,
    operationName: document.operationName,
    body: document.writeBody(asked),
    parse: document.parse,
    isRepeatable,
    requestId: operation.requestId,
    reader: operation.reader,
    clientName: operation.clientName,
    wantsFresh: operation.wantsFresh,
    signal: operation.signal,
    deadline: operation.deadline,
    caller: operation.caller,
    time: operation,
  };
  try {
    return await port.ask(call);
  } finally {
    operation.endCall(port.code);
  }
}

/** A response, and whose it is. */
interface CameResponse {
  readonly fetch: Fetch;
  readonly port: PartnerPort;
  readonly response: PartnerResponse;
}

/** Records what a response was, for the client, the status of the partner and the log. */
function recordResponse(
  { fetch: { subgraph, operation }, port, response }: CameResponse,
  status: ResponseStatus,
  reason?: string,
  said: CallStatus = status,
): void {
  const { code } = port;
  if (operation.signal.aborted) return;
  if (subgraph.areNamed) operation.recordStatus(code, status);
  // A partner that responds is available, whatever it says.
  if (!response.isSecondHand) subgraph.recordCall(code, said);
  if (reason === undefined) return;
  // A response that does not fit may already be cached. If there was no response, the port itself
  // decides what that means.
  if (!('failure' in response) && said !== 'OVERLOADED') port.invalidate?.();
  subgraph.logger.warn(
    { requestId: operation.requestId, partner: code, status, reason },
    'partner failure',
  );
}

const isOverloaded = (response: PartnerResponse): boolean =>
  'failure' in response && response.failure === 'OVERLOADED';

function pickVariables(
  variables: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of names) {
    if (variables[name] !== undefined) picked[name] = variables[name];
  }
  return picked;
}

function isOwn(
  { model }: Fetch['subgraph'],
  code: string,
  typeName: string,
  owner: unknown,
): boolean {
  const route = model.rules?.routedTypes.get(typeName);
  if (!route || !model.rules || owner === null) return true;
  return findOwner(owner, route.scalar, model.rules.partners) === code;
}

/**
 * Records that a partner is missing at a path of the client. The hub’s own subgraph is not a
 * partner.
 */
export function recordMissing(
  { subgraph, operation }: Fetch,
  partner: string,
  failure: CallFailure,
  path: ResponsePath,
): void {
  if (failure === 'OVERLOADED') operation.recordOverload(path);
  else if (subgraph.areNamed) operation.recordError({ path, code: `PARTNER_${failure}`, partner });
  else operation.recordError({ path, code: 'INTERNAL_SERVER_ERROR' });
}

/**
 * Records a partner’s error at the client’s path. If the partner could not decide, it is missing,
 * or the partner that it names is. A partner is also missing if its error has no code of the
 * contract and the whole place failed. Deeper in the value, such an error is unexpected.
 */
export function recordPartnerError(
  fetch: Fetch,
  code: string,
  error: PartnerError,
  place: ResponsePath,
  inner: ResponsePath,
): void {
  const { subgraph, operation } = fetch;
  const partner = subgraph.areNamed ? code : undefined;
  const path = [...place, ...inner];
  if (!subgraph.model.isContracted) {
    // A foreign subgraph has its own codes, and the hub knows no better ones:
    // `../partners/foreign-errors.ts`.
    const { code: own = 'INTERNAL_SERVER_ERROR', extensions } = error;
    operation.recordError({ path, code: own, partner, extensions });
  } else if (error.isOfLimit && subgraph.areNamed) {
    // Only for this response. The partner responded, so its status for other operations stays.
    operation.recordStatus(code, 'UNAVAILABLE');
    recordMissing(fetch, code, 'UNAVAILABLE', path);
  } else if (error.refusal) {
    operation.recordError({ path, code: error.refusal, partner, extensions: error.extensions });
  } else if (error.isBusy && subgraph.isRefusedSince(code, operation.startedAt)) {
    operation.recordRefusedQuestion(path);
  } else if (error.isUndecided && subgraph.areNamed) {
    // The partner responded. The other partner, which it names, is the one that is missing.
    const { missing = code } = error;
    const failure = missing === code ? undefined : subgraph.missedAs(missing);
    const [away, status] = failure ? [missing, failure] : [code, 'UNAVAILABLE' as const];
    operation.recordStatus(away, status);
    recordMissing(fetch, away, status, path);
  } else if (inner.length === 0 && subgraph.areNamed) {
    // The partner responded, so it was not unreachable.
    operation.recordStatus(code, 'UNAVAILABLE');
    const message = 'This partner responded with an error, and no value.';
    operation.recordError({ path, code: 'PARTNER_UNAVAILABLE', message, partner: code });
  } else {
    operation.recordError({ path, code: 'INTERNAL_SERVER_ERROR', partner });
  }
}

/** Records a refusal that all partners share. It names none of them. */
export function recordRefusal(
  { operation }: Fetch,
  { refusal, extensions }: PartnerError,
  path: ResponsePath,
): void {
  if (refusal) operation.recordError({ path, code: refusal, extensions });
}

/** The partner that answers for a subgraph alone. */
export function soleCode(ports: ReadonlyMap<string, PartnerPort>): string {
  const [code] = ports.keys();
  if (code === undefined) throw new Error('No partner serves this subgraph.');
  return code;
}
