import type { Logger } from '@hub/shared/system';
import type { PartnerResponse } from './partner-port.js';

/** The most errors of one response that are logged, and the most characters of each. */
const most = { errors: 10, characters: 1_000 } as const;

/** The form of a code that clients may get: upper-case words, as GraphQL servers use. */
const form = /^[A-Z][A-Z0-9_]{0,63}$/;

/** The code of a subgraph’s error, if it has that form. */
export const readCode = (code: unknown): string | undefined =>
  typeof code === 'string' && form.test(code) ? code : undefined;

/** What a subgraph says of a whole request, for its clients; at a path only if the operator says so. */
export const readMessage = (
  { path = null, message }: Readonly<Record<string, unknown>>,
  isPassed: boolean,
): string | undefined =>
  (path === null || isPassed) && typeof message === 'string'
    ? message.slice(0, most.characters)
    : undefined;

/** HTTP 401 from a foreign subgraph: it does not accept the client’s credentials, or got none. */
export const unauthenticated = {
  path: undefined,
  refusal: undefined,
  code: 'UNAUTHENTICATED',
  isUndecided: false,
  missing: undefined,
  extensions: {},
} as const;

/** The extensions of a subgraph’s error that clients may get: nothing that the hub says itself, and no stack trace. */
export function readExtensions({
  code: _code,
  partner: _partner,
  requestId: _requestId,
  stacktrace: _stacktrace,
  exception: _exception,
  ...extensions
}: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return extensions;
}

/**
 * Logs the errors of a foreign subgraph. Of those at a path its clients get only the code by default, so the
 * operator needs the text to find the cause. Errors of the network’s own partners are never logged, because they may
 * contain names of people.
 */
export function logForeignErrors(
  logger: Logger,
  response: PartnerResponse,
  about: { readonly requestId: string; readonly partner: string },
): void {
  const errors: unknown = 'failure' in response ? undefined : Object(response.json).errors;
  if (!Array.isArray(errors)) return;
  for (const error of errors.slice(0, most.errors) as unknown[]) {
    const { message, path, extensions } = Object(error) as Record<string, unknown>;
    const cut = (value: unknown): string | undefined =>
      value === undefined || value === null
        ? undefined
        : (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, most.characters);
    logger.warn(
      {
        ...about,
        code: readCode((Object(extensions) as { code?: unknown }).code),
        path: cut(path),
        wording: cut(message),
      },
      'subgraph error',
    );
  }
}
