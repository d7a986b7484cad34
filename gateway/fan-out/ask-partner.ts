import { SlicedResponse } from '../engine/json/compile-parser.js';
import type { Fetch, SubgraphPartners } from './fetch.js';
import type { OperationRecord } from './operation-record.js';
import type { AskedFor } from './partners/asked-for.js';
import type { Absence, PartnerFailure } from './partners/call-status.js';
import { logForeignErrors } from './partners/foreign-errors.js';
import type { Forwarding } from './partners/forwarding/forwarding-rules.js';
import { pickHeaders } from './partners/forwarding/pick-headers.js';
import {
  runWithin,
  tooLong,
  type ForwardedHeaders,
  type PartnerCall,
  type PartnerPort,
  type PartnerResponse,
} from './partners/partner-port.js';
import { readResponse, type PartnerError, type PartnerResult } from './partners/read-response.js';
import type { PartnerDocument } from './plan/partner-document.js';
import {
  endSpan,
  findCause,
  recordMissed,
  recordResponse,
  type CameResponse,
} from './record-response.js';
import { InvalidResponse, type ProjectionContext } from './response/compile-projection.js';
import { findOwner } from './rules/fan-out-rules.js';
import { addLacking } from './skew/add-lacking.js';
import { reduceDocument, type ReducedDocument } from './skew/reduce-document.js';
import { addOtherKinds, translateKinds, type Translation } from './skew/translate-kinds.js';

/** The result of one request to a partner, checked and projected. */
export type Settled<Data> =
  | {
      readonly failure: Absence;
      /** The partner to name. @default the partner that was asked */
      readonly cause?: string | undefined;
    }
  | { readonly data: Data; readonly errors: readonly PartnerError[] };

/** How a response is checked against its request. */
export interface ResponseCheck<Data> extends AskedFor {
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
  /** What a trace shows in place of the document. @default the document */
  readonly shown?: string;
  /** Gives the objects of a response their types in the graph. @default they have them */
  readonly restore?: Translation['restore'];
}

/** Sends one request to a partner, and records whether it responded. */
export async function askPartner<Data>(
  fetch: Fetch,
  code: string,
  request: PartnerRequest,
  check: ResponseCheck<Data>,
): Promise<Settled<Data>> {
  const { subgraph, operation } = fetch;
  const closed = subgraph.closedAs?.(code);
  if (closed) {
    operation.recordStatus(code, closed);
    return { failure: closed };
  }
  const port = subgraph.ports.get(code);
  if (!port) throw new Error(`${subgraph.model.name} has no partner ${code}.`);
  const reduced = reduceRequest(fetch, code, request);
  if (reduced && !reduced.document) return settleLacking(fetch, code, reduced, check);
  const asked = translateRequest(
    fetch,
    code,
    reduced?.document ? { ...request, document: reduced.document } : request,
  );
  const traced = operation.trace?.begin(code, fetch.path, request.shown ?? asked.document.text);
  const startedAt = performance.now();
  const announced = subgraph.maintenanceOf?.(code);
  const span = operation.span?.start('call', { partner: code });
  const arrived =
    announced === undefined
      ? await callPort(port, fetch, asked, span?.traceparent)
      : inMaintenance(announced);
  const seconds = (performance.now() - startedAt) / 1_000;
  const cause = findCause(fetch, code, arrived, seconds);
  const response = cause === code ? arrived : { ...arrived, isSecondHand: true };
  traced?.came(response);
  if (span) endSpan(span, response);
  const isAsked = announced === undefined && !isOverloaded(response);
  if (!request.isRepeatable && isAsked) operation.recordChange();
  const blamed = request.isRepeatable ? code : cause;
  const came: CameResponse = { fetch, port, response, traced, seconds, blamed };
  const { isContracted } = subgraph.model;
  const about = { requestId: operation.requestId, partner: code };
  const { forwarding, logger } = subgraph;
  if (forwarding)
    for (const header of operation.returned.add(forwarding, arrived))
      logger.warn({ ...about, header }, 'header dropped because it is too long');
  const reading = { isContracted, passesErrors: forwarding?.includeErrors };
  if (!isContracted) logForeignErrors(logger, response, about);
  const read = runWithin(response, () => readResponse(response, check, reading));
  if ('failure' in read) {
    const { failure } = read;
    if (failure === 'OVERLOADED') {
      subgraph.meter?.called(code, failure, seconds);
      return { failure };
    }
    const old = isAway(failure) ? await settleLastGood(fetch, port, asked, check) : undefined;
    recordResponse({ ...came, ageSeconds: old?.ageSeconds }, failure, read.reason, read.callStatus);
    if (!operation.signal.aborted) await recordMissed(came, failure, cause);
    return old?.settled ?? { failure, cause: blamed };
  }
  try {
    const filled = reduced ? addLacking(read, reduced) : read;
    const isSliced = 'json' in response && response.json instanceof SlicedResponse;
    const settled = runWithin(response, () => project(fetch, code, filled, check, isSliced));
    recordResponse(came, 'ANSWERED');
    if (filled !== read) recordLacking(fetch, code, filled);
    return settled;
  } catch (error) {
    if (!(error instanceof InvalidResponse)) throw error;
    recordResponse(came, 'INVALID_RESPONSE', error.message);
    await subgraph.recordMissed(code, 'INVALID_RESPONSE');
    return { failure: 'INVALID_RESPONSE' };
  }
}

/** Failures after which the partner’s last good facts may be shown. */
const isAway = (failure: PartnerFailure): boolean =>
  failure === 'UNAVAILABLE' || failure === 'TIMED_OUT' || failure === 'MAINTENANCE';

/** What a partner that is unavailable said before. It is checked like a response. */
async function settleLastGood<Data>(
  fetch: Fetch,
  port: PartnerPort,
  { document, variables, isRepeatable, restore }: PartnerRequest,
  check: ResponseCheck<Data>,
): Promise<{ readonly settled: Settled<Data>; readonly ageSeconds: number } | undefined> {
  const { reader } = fetch.operation;
  const body = document.writeBody(pickVariables(variables, document.variables));
  const stored = isRepeatable ? await port.findLastGood?.({ body, reader }) : undefined;
  if (!stored) return undefined;
  const came = { json: stored.json, httpStatus: 200 };
  const read = readResponse(restore?.(came) ?? came, check);
  if ('failure' in read || read.errors.length > 0) return undefined;
  try {
    return { settled: project(fetch, port.code, read, check), ageSeconds: stored.ageSeconds };
  } catch (error) {
    // The schema has changed since, or the file is damaged.
    if (error instanceof InvalidResponse) return undefined;
    throw error;
  }
}

/** @throws InvalidResponse */
function project<Data>(
  { subgraph, operation }: Fetch,
  code: string,
  { data, errors }: PartnerResult,
  check: ResponseCheck<Data>,
  isSliced = false,
): Settled<Data> {
  const isOwned = (typeName: string, owner: unknown) => isOwn(subgraph, code, typeName, owner);
  const projected = check.project(data, { isOwn: isOwned, isSliced }, errors);
  if (subgraph.areNamed) operation.dangling.recordGiven(code, projected);
  return { data: projected, errors };
}

/** The request without what the partner lacks. Undefined if it lacks nothing of it. */
function reduceRequest(
  { subgraph }: Fetch,
  code: string,
  { document, variables }: PartnerRequest,
): ReducedDocument | undefined {
  const lacks = subgraph.lacksOf?.(code);
  if (!lacks) return undefined;
  const all = addOtherKinds(subgraph.model, lacks);
  return reduceDocument(subgraph.model.schema, document, all)(variables);
}

/** The request in the names that the partner’s server knows. */
function translateRequest(
  { subgraph: { model, lacksOf } }: Fetch,
  code: string,
  request: PartnerRequest,
): PartnerRequest {
  const translation = translateKinds(model, request.document, lacksOf?.(code));
  if (!translation) return request;
  const { document, translate, restore } = translation;
  return { ...request, document, variables: translate(request.variables), restore };
}

/** The partner announced that it is not available, so it is not called. */
const inMaintenance = (reason: string): PartnerResponse => ({ failure: 'MAINTENANCE', reason });

/** The partner lacks all requested fields, so it is not called. */
function settleLacking<Data>(
  fetch: Fetch,
  code: string,
  reduced: ReducedDocument,
  check: ResponseCheck<Data>,
): Settled<Data> {
  const filled = addLacking({ data: {}, errors: [] }, reduced);
  recordLacking(fetch, code, filled);
  return project(fetch, code, filled, check);
}

function recordLacking({ operation }: Fetch, code: string, { errors }: PartnerResult): void {
  if (errors.some(({ isLacking }) => isLacking)) operation.recordStatus(code, 'LACKS_FIELD');
}

async function callPort(
  port: PartnerPort,
  { operation, subgraph: { forwarding } }: Fetch,
  { document, variables, isRepeatable, restore }: PartnerRequest,
  traceparent?: string,
): Promise<PartnerResponse> {
  const asked = pickVariables(variables, document.variables);
  operation.beginCall(port.code);
  const call: PartnerCall = {
    query: document.text,
    variables: asked,
    operationName: document.operationName,
    body: document.writeBody(asked),
    parse: document.parse,
    layout: document.layout,
    isRepeatable,
    requestId: operation.requestId,
    reader: operation.reader,
    clientName: operation.clientName,
    traceparent,
    forwarded: forwarding && forwardHeaders(operation, forwarding, traceparent),
    wantsFresh: operation.wantsFresh,
    keeper: operation.keeper,
    signal: operation.signal,
    deadline: operation.deadline,
    caller: operation.caller,
    // A translated document’s text is not what is sent.
    combinedIn: isRepeatable && !restore ? operation : undefined,
    time: operation,
  };
  try {
    const response = await port.ask(call);
    if ('json' in response && response.budget?.isSpent) return tooLong;
    return restore ? runWithin(response, () => restore(response)) : response;
  } finally {
    operation.endCall(port.code);
  }
}

/** The client’s trace goes on in the hub’s own one, if the hub has one. */
function forwardHeaders(
  { headers }: OperationRecord,
  { request, varies, response }: Forwarding,
  traceparent: string | undefined,
): ForwardedHeaders {
  const own = traceparent === undefined ? headers : { ...headers, traceparent };
  return {
    headers: pickHeaders(own, request),
    wanted: [...response, 'age', 'vary'],
    key: JSON.stringify(pickHeaders(own, varies)),
  };
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

/** The only partner of a subgraph. */
export function soleCode({ ports, codes = [...ports.keys()] }: SubgraphPartners): string {
  const [code] = codes;
  if (code === undefined) throw new Error('No partner serves this subgraph.');
  return code;
}
