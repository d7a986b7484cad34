import type { ResponsePath } from '../documents/response-path.js';
import type { AnswerStatus, CallFault, CallStatus } from '../partners/call-status.js';
import { logForeignErrors } from '../partners/foreign-errors.js';
import type { PartnerAnswer, PartnerCall, PartnerPort } from '../partners/partner-port.js';
import { readAnswer, type PartnerError } from '../partners/read-response.js';
import type { Fetch } from './fetch.js';
import type { PartnerDocument } from './plan/partner-document.js';
import { InvalidAnswer, type ProjectionContext } from './response/compile-projection.js';
import { readOwner } from './rules/read-owner.js';

/** What one partner’s answer came to, checked and projected. */
export type Settled<Data> =
  { readonly fault: CallFault } | { readonly data: Data; readonly errors: readonly PartnerError[] };

/** How an answer is checked against what was asked. */
export interface AnswerCheck<Data> {
  isAskedPath(path: ResponsePath): boolean;
  /**
   * What the answer holds of what was asked; `null` data is an answer whose every part failed.
   * @throws InvalidAnswer
   */
  project(
    data: Readonly<Record<string, unknown>> | null,
    context: ProjectionContext,
    errors: readonly PartnerError[],
  ): Data;
}

/** What is asked of a partner. */
export interface PartnerQuestion {
  readonly document: PartnerDocument;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly isRepeatable: boolean;
}

/** Asks one partner, and writes down whether it answered. */
export async function askPartner<Data>(
  { slice, operation }: Fetch,
  code: string,
  { document, variables, isRepeatable }: PartnerQuestion,
  check: AnswerCheck<Data>,
): Promise<Settled<Data>> {
  const port = slice.ports.get(code);
  if (!port) throw new Error(`${slice.model.name} has no partner ${code}.`);
  const asked = pickVariables(variables, document.variables);
  operation.beginCall(code);
  const call: PartnerCall = {
    query: document.text,
    variables: asked,
    operationName: document.operationName,
    body: document.writeBody(asked),
    parse: document.parse,
    isRepeatable,
    requestId: operation.requestId,
    reader: operation.reader,
    wantsFresh: operation.wantsFresh,
    signal: operation.signal,
    deadline: operation.deadline,
    caller: operation.caller,
    time: operation,
  };
  let answer: PartnerAnswer;
  try {
    answer = await port.ask(call);
  } finally {
    operation.endCall(code);
  }
  if (!isRepeatable && !isOverloaded(answer)) operation.recordChange();
  const settle = (status: AnswerStatus, reason?: string, said: CallStatus = status) => {
    if (operation.signal.aborted) return;
    if (slice.areNamed) operation.recordStatus(code, status);
    // A partner that responds, whatever it says, is not reported as unavailable.
    if (!answer.isSecondHand) slice.recordCall(code, said);
    if (reason !== undefined) {
      // What came, and does not fit, may be kept already. Where nothing came, the port itself knows what that means.
      if (!('fault' in answer) && said !== 'OVERLOADED') port.forget?.();
      slice.logger.warn(
        { requestId: operation.requestId, partner: code, status, reason },
        'partner fault',
      );
    }
  };
  const { isContracted } = slice.model;
  const { requestId } = operation;
  if (!isContracted) logForeignErrors(slice.logger, answer, { requestId, partner: code });
  const read = readAnswer(answer, check.isAskedPath, isContracted);
  if ('fault' in read) {
    if (read.fault === 'OVERLOADED') return { fault: read.fault };
    settle(read.fault, read.reason, read.said);
    if (!operation.signal.aborted) await slice.recordMissed(code, read.fault);
    return { fault: read.fault };
  }
  try {
    const context = {
      isOwn: (typeName: string, owner: unknown) => isOwn(slice, code, typeName, owner),
    };
    const data = check.project(read.data, context, read.errors);
    settle('ANSWERED');
    return { data, errors: read.errors };
  } catch (error) {
    if (!(error instanceof InvalidAnswer)) throw error;
    settle('INVALID_RESPONSE', error.message);
    await slice.recordMissed(code, 'INVALID_RESPONSE');
    return { fault: 'INVALID_RESPONSE' };
  }
}

const isOverloaded = (answer: PartnerAnswer): boolean =>
  'fault' in answer && answer.fault === 'OVERLOADED';

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

function isOwn({ model }: Fetch['slice'], code: string, typeName: string, owner: unknown): boolean {
  const route = model.rules?.routedTypes.get(typeName);
  if (!route || !model.rules || owner === null) return true;
  return readOwner(owner, route.scalar, model.rules.partners) === code;
}

/** Writes down that a partner is missing at a place of the client’s. The hub’s own slice is no partner. */
export function recordMissing(
  { slice, operation }: Fetch,
  partner: string,
  fault: CallFault,
  path: ResponsePath,
): void {
  if (fault === 'OVERLOADED') operation.recordOverload(path);
  else if (slice.areNamed) operation.recordError({ path, code: `PARTNER_${fault}`, partner });
  else operation.recordError({ path, code: 'INTERNAL_SERVER_ERROR' });
}

/**
 * Writes down a partner’s error at the client’s path. Where the partner could not decide, it or who it names is missing.
 * So is a partner whose error has no code of the contract, where the whole place failed; deeper within it is unexpected.
 */
export function recordPartnerError(
  fetch: Fetch,
  code: string,
  error: PartnerError,
  place: ResponsePath,
  inner: ResponsePath,
): void {
  const { slice, operation } = fetch;
  const partner = slice.areNamed ? code : undefined;
  const path = [...place, ...inner];
  if (!slice.model.isContracted) {
    // Its codes are its own, and the hub knows no better: `../partners/foreign-errors.ts`.
    const { code: own = 'INTERNAL_SERVER_ERROR', extensions } = error;
    operation.recordError({ path, code: own, partner, extensions });
  } else if (error.isOfLimit && slice.areNamed) {
    // For this response alone: it responded, and its status for everybody stays.
    operation.recordStatus(code, 'UNAVAILABLE');
    recordMissing(fetch, code, 'UNAVAILABLE', path);
  } else if (error.refusal) {
    operation.recordError({ path, code: error.refusal, partner, extensions: error.extensions });
  } else if (error.isBusy && slice.isRefusedSince(code, operation.startedAt)) {
    operation.recordRefusedQuestion(path);
  } else if (error.isUndecided && slice.areNamed) {
    // A partner that responded, and names another that did not, is not the one that is missing.
    const { missing = code } = error;
    const fault = missing === code ? undefined : slice.missedAs(missing);
    const [away, status] = fault ? [missing, fault] : [code, 'UNAVAILABLE' as const];
    operation.recordStatus(away, status);
    recordMissing(fetch, away, status, path);
  } else if (inner.length === 0 && slice.areNamed) {
    // It responded: that it could not be reached would be wrong.
    operation.recordStatus(code, 'UNAVAILABLE');
    const message = 'This partner responded with an error, and no value.';
    operation.recordError({ path, code: 'PARTNER_UNAVAILABLE', message, partner: code });
  } else {
    operation.recordError({ path, code: 'INTERNAL_SERVER_ERROR', partner });
  }
}

/** Writes down a refusal that all partners share: it names none of them. */
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
  if (code === undefined) throw new Error('Nobody answers for this subgraph.');
  return code;
}
