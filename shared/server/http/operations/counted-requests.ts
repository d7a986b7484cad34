import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServedContext } from '../../../graphql/operations/served-context.js';
import { announcesLongBody } from '../bodies/announced-bytes.js';
import { noteContext, noteCounted } from '../caller-note.js';
import { sendFailure, toFailure } from '../http-errors.js';
import type { OperationMeter } from './operation-meter.js';
import { countRefusal, refuseLater } from './refuse-later.js';

/** What counts requests that have no context, since it is made of their bodies. */
export interface RequestCounting {
  /**
   * Counts a request that is refused: its body is too large, or of another media type. What it
   * throws as `RATE_LIMITED` refuses the request instead. @default nothing is counted
   */
  countRefused?(request: FastifyRequest, bytes: number): Promise<void>;
  /**
   * Throws to refuse a request with a long body before it is read, if its caller has no rate left.
   * @default all are read
   */
  checkRate?(request: FastifyRequest): Promise<void>;
  /** Counts the operations. @default nothing is counted */
  readonly meter?: OperationMeter | undefined;
}

/** Counts the requests that these routes refuse, and reads no long body of a caller without rate. */
export function countRefusals(scope: FastifyInstance, counting: RequestCounting): void {
  scope.addHook('preParsing', (request, _reply, payload, done) => {
    if (!counting.checkRate || !announcesLongBody(request)) return done(null, payload);
    const checked = counting
      .checkRate(request)
      .catch((error: unknown) => refuseLater(error, request));
    checked.then(() => done(null, payload), done);
  });
  scope.setErrorHandler<Error>(async (error, request, reply) => {
    const refusal = await countRefusal(counting, request).then(
      () => error,
      (limited: Error) => limited,
    );
    counting.meter?.refused(String(toFailure(refusal, request).error.extensions?.code));
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
