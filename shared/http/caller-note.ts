import type { IncomingMessage } from 'node:http';
import type { ServedContext } from '../graphql/index.js';

/** What the log says of who sent a request: never who the person is. */
export interface CallerNote {
  readonly organisation?: string;
  readonly role?: string;
  /** The name of the operation. */
  readonly operation?: string;
}

const contextKey = Symbol('context');
const countedKey = Symbol('counted');

/** Not in a `WeakMap`: with an entry for each request, garbage collection took a twentieth of a small request. */
interface NotedRequest extends IncomingMessage {
  [contextKey]?: ServedContext;
  [countedKey]?: true;
}

/** Keeps for the log what is known of a request. */
export function noteContext(request: IncomingMessage, context: ServedContext): void {
  (request as NotedRequest)[contextKey] = context;
}

/** Notes that a request was counted against its caller’s rate, or is about to be. */
export function noteCounted(request: IncomingMessage): void {
  (request as NotedRequest)[countedKey] = true;
}

export const isCounted = (request: IncomingMessage): boolean =>
  (request as NotedRequest)[countedKey] === true;

/** Who sent a request, and which operation it runs. */
export function readCaller(request: IncomingMessage): CallerNote {
  const { reader, operationName } = (request as NotedRequest)[contextKey] ?? {};
  const person = reader?.kind === 'person' ? reader : undefined;
  return {
    ...(person && { organisation: person.organisation, role: person.role }),
    ...(operationName && { operation: operationName }),
  };
}
