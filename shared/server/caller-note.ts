import type { IncomingMessage } from 'node:http';
import type { ServedContext } from './context.js';

/** What the log says of a caller: never who the person is. */
export interface CallerNote {
  readonly organisation?: string;
  readonly role?: string;
  /** The name of the operation. */
  readonly operation?: string;
}

const notes = new WeakMap<IncomingMessage, CallerNote>();
const operations = new WeakMap<ServedContext, string>();

/** Keeps the name of the operation that a request runs. */
export function noteOperation(context: ServedContext, name: string | null | undefined): void {
  if (name) operations.set(context, name);
}

/** Keeps for the log who sent a request, and which operation it runs. */
export function noteCaller(request: IncomingMessage, context: ServedContext): void {
  const operation = operations.get(context);
  const person = context.reader?.kind === 'person' ? context.reader : undefined;
  notes.set(request, {
    ...(person && { organisation: person.organisation, role: person.role }),
    ...(operation !== undefined && { operation }),
  });
}

export const readCaller = (request: IncomingMessage): CallerNote | undefined => notes.get(request);
