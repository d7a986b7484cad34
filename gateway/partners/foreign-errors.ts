import type { Logger } from '@hub/shared/telemetry';
import type { PartnerAnswer } from './partner-port.js';

/** The most errors of one response that are logged, and the most characters of each. */
const most = { errors: 10, characters: 1_000 } as const;

/** A code that a client may get: upper-case words, as GraphQL servers have them. */
const form = /^[A-Z][A-Z0-9_]{0,63}$/;

/** The code of a subgraph's error, if it has the form of one. */
export const readCode = (code: unknown): string | undefined =>
  typeof code === 'string' && form.test(code) ? code : undefined;

/**
 * Logs what the errors of a foreign subgraph say. Its clients get the code alone; without the wording, whoever operates
 * the subgraph could not find the fault. Errors of the network's own partners are never logged: they may name people.
 */
export function logForeignErrors(
  logger: Logger,
  answer: PartnerAnswer,
  about: { readonly requestId: string; readonly partner: string },
): void {
  const errors: unknown = 'fault' in answer ? undefined : Object(answer.json).errors;
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
