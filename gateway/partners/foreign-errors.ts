import type { Logger } from '@hub/shared/telemetry';
import type { PartnerResponse } from './partner-port.js';

/** The most errors of one response that are logged, and the most characters of each. */
const most = { errors: 10, characters: 1_000 } as const;

/** The form of a code that clients may get: upper-case words, as GraphQL servers use. */
const form = /^[A-Z][A-Z0-9_]{0,63}$/;

/** The code of a subgraph’s error, if it has that form. */
export const readCode = (code: unknown): string | undefined =>
  typeof code === 'string' && form.test(code) ? code : undefined;

/** What a subgraph says of a whole request, for its clients. Undefined for errors at a path. */
export const readMessage = ({
  path = null,
  message,
}: Readonly<Record<string, unknown>>): string | undefined =>
  path === null && typeof message === 'string' ? message.slice(0, most.characters) : undefined;

/**
 * Logs the errors of a foreign subgraph. Of those at a path its clients get only the code, so the
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
