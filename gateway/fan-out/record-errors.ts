import type { ResponsePath } from '../engine/documents/response-path.js';
import type { Fetch } from './fetch.js';
import type { Absence } from './partners/call-status.js';
import type { PartnerError } from './partners/read-response.js';

/**
 * Records that a partner is missing at a path of the client. The hub’s own subgraph is not a
 * partner.
 */
export function recordMissing(
  { subgraph, operation }: Fetch,
  partner: string,
  failure: Absence,
  path: ResponsePath,
  /** Which fields of the entity at the path are missing. @default all of the value */
  fields?: readonly string[],
): void {
  if (failure === 'OVERLOADED') operation.recordOverload(path);
  else if (subgraph.areNamed) {
    const announced = failure === 'MAINTENANCE' ? subgraph.maintenanceOf?.(partner) : undefined;
    // The partner’s own words, from its signed manifest.
    const message =
      announced === undefined ? undefined : `This partner is in maintenance: ${announced}`;
    operation.recordError({
      path,
      code: `PARTNER_${failure}`,
      partner,
      fields,
      ...(message && { message }),
    });
  } else operation.recordError({ path, code: 'INTERNAL_SERVER_ERROR', fields });
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
    const isWhole = error.path === undefined;
    const other = isWhole ? 'PARTNER_UNAVAILABLE' : 'INTERNAL_SERVER_ERROR';
    const { code: own = other, message, extensions } = error;
    if (isWhole) operation.recordStatus(code, 'UNAVAILABLE');
    operation.recordError({ path, code: own, ...(message && { message }), partner, extensions });
  } else if (error.isLacking) {
    recordMissing(fetch, code, 'LACKS_FIELD', path);
  } else if (error.refusal) {
    operation.recordError({ path, code: error.refusal, partner, extensions: error.extensions });
  } else if (error.isBusy && subgraph.isRefusedSince(code, operation.startedAt)) {
    operation.recordRefusedRequest(path);
  } else if (error.isUndecided && subgraph.areNamed) {
    // The partner responded. The other partner, which it names, is the one that is missing. If that
    // one did not fail the hub, the time may have been too short for both: clients may try again.
    const { missing = code, isLate } = error;
    const own = isLate ? 'TIMED_OUT' : 'UNAVAILABLE';
    const failure = missing === code ? undefined : subgraph.missedAs(missing);
    const [away, status] = failure ? [missing, failure] : ([code, own] as const);
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
