import { isErrorCode } from '@hub/shared/errors';
import { codesOf, type Reply } from './certifier.js';
import { broken } from './verdict.js';

/** A response in a few words, without what it says about people. */
export function describeReply({ status, json, text }: Reply): string {
  const codes = codesOf({ json });
  if (codes.length > 0) return `${status} ${codes.join(', ')}`;
  return `${status} ${json?.data ? 'with data' : text.slice(0, 100)}`;
}

/** The partner must refuse the hub: 401 and `UNAUTHENTICATED`, and no data. */
export function expectRefusal(reply: Reply): void {
  const isRefused = reply.status === 401 && codesOf(reply).includes('UNAUTHENTICATED');
  if (!isRefused || reply.json?.data) broken(describeReply(reply));
}

/** The partner must execute the request. */
export function expectData(reply: Reply): void {
  if (reply.status !== 200 || !reply.json?.data) broken(describeReply(reply));
}

/** The response must have an error with one of these codes. */
export function expectCode(reply: Reply, ...allowed: readonly string[]): void {
  const codes = codesOf(reply);
  if (codes.length === 0 || !codes.every((code) => allowed.includes(code)))
    broken(describeReply(reply));
}

/** Every error of the response must have a code of the catalogue. */
export function expectKnownCodes(reply: Reply): void {
  const codes = codesOf(reply);
  if (codes.length === 0 || !codes.every((code) => isErrorCode(code))) broken(describeReply(reply));
}
