import type { IncomingMessage } from 'node:http';
import type { ServedContext } from '../../graphql/operations/served-context.js';

/** What the log has about a request’s caller, never the person. */
export interface CallerNote {
  readonly organisation?: string;
  readonly role?: string;
  /** The name of the operation. */
  readonly operation?: string;
}

const contextKey = Symbol('context');
const countedKey = Symbol('counted');

/**
 * A property and not a `WeakMap`: with an entry for each request, garbage collection took a
 * twentieth of a small request.
 */
interface NotedRequest extends IncomingMessage {
  [contextKey]?: ServedContext;
  [countedKey]?: true;
}

/** Stores what is known about a request, for the log. */
export function noteContext(request: IncomingMessage, context: ServedContext): void {
  (request as NotedRequest)[contextKey] = context;
}

/** Whether a request has a caller: it was counted, or is from the hub. */
export const isAdmitted = (request: IncomingMessage): boolean =>
  (request as NotedRequest)[contextKey] !== undefined;

/** Notes that a request was counted against its caller’s rate, or is about to be. */
export function noteCounted(request: IncomingMessage): void {
  (request as NotedRequest)[countedKey] = true;
}

export const isCounted = (request: IncomingMessage): boolean =>
  (request as NotedRequest)[countedKey] === true;

/** The caller of a request, and its operation. */
export function readCaller(request: IncomingMessage): CallerNote {
  const { reader, operationName } = (request as NotedRequest)[contextKey] ?? {};
  const person = reader?.kind === 'person' ? reader : undefined;
  return {
    ...(person && { organisation: person.organisation, role: person.role }),
    ...(operationName && { operation: operationName }),
  };
}
