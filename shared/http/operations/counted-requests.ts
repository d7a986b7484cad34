import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServedContext } from '../../graphql/index.js';
import { noteContext, noteCounted } from '../caller-note.js';
import { sendFailure, toFailure } from '../http-errors.js';
import type { OperationMeter } from './operation-meter.js';
import { countRefusal, refuseLater } from './refuse-later.js';

/**
 * Counts a request that is refused before it has a context: its body is too large, or of another
 * media type. What it throws as `RATE_LIMITED` refuses the request instead.
 */
export type CountRefused = (request: FastifyRequest, bytes: number) => Promise<void>;

/** Counts the requests that these routes refuse. */
export function countRefusals(
  scope: FastifyInstance,
  options: { readonly countRefused?: CountRefused; readonly meter?: OperationMeter | undefined },
): void {
  scope.setErrorHandler<Error>(async (error, request, reply) => {
    const refusal = await countRefusal(options, request).then(
      () => error,
      (limited: Error) => limited,
    );
    options.meter?.refused(String(toFailure(refusal, request).error.extensions?.code));
    return sendFailure(refusal, request, reply);
  });
}

/**
 * Makes the context of a request, which counts it against its caller’s rate, and notes it for the
 * log.
 * @throws what refuses the request, after a delay if its caller has no rate left
 */
export async function admitRequest<Context extends ServedContext>(
  request: FastifyRequest,
  createContext: () => Promise<Context>,
): Promise<Context> {
  noteCounted(request.raw);
  const context = await createContext().catch((error: unknown) => refuseLater(error, request));
  noteContext(request.raw, context);
  return context;
}
