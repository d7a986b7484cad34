import type { FastifyInstance, FastifyRequest } from 'fastify';
import { setTimeout as wait } from 'node:timers/promises';
import { HubError } from '../../../errors/hub-error.js';
import type { ServedContext } from '../../../graphql/operations/served-context.js';
import {
  announcesLongBody,
  countDiscarded,
  discardBody,
  readAnnouncedBytes,
} from '../bodies/refuse-body.js';
import { sendFailure, toFailure } from '../http-errors.js';
import { isCounted, noteContext, noteCounted } from '../request-log.js';
import type { OperationMeter } from './operation-meter.js';

/**
 * How long a caller who exceeds its rate waits for the refusal, in milliseconds, which slows it
 * down. Up to half of it more, by chance: otherwise all of its connections would go on at once.
 */
const refusalDelayMs = 400;
/**
 * And a second for each megabyte of its body, up to one. What is read to be thrown away makes V8
 * collect garbage, which holds up everybody.
 */
const bytesPerMs = 1_000;
const longestMs = 1_000;

/**
 * Refuses a request after a delay. Otherwise a client that repeats at once would keep the process
 * busy with refusals.
 * @throws the error
 */
async function refuseLater(error: unknown, request: FastifyRequest): Promise<never> {
  if (error instanceof HubError && error.code === 'RATE_LIMITED') {
    request.body = undefined;
    noteCounted(request.raw);
    discardBody(request.raw);
    const bodyMs = Math.min(readAnnouncedBytes(request) / bytesPerMs, longestMs);
    await wait(refusalDelayMs * (1 + Math.random() / 2) + bodyMs);
  }
  throw error;
}

/** A body that nobody counts could be sent as often as the network allows. */
async function countRefusal(
  { countRefused }: { countRefused?(request: FastifyRequest, bytes: number): Promise<void> },
  request: FastifyRequest,
): Promise<void> {
  if (!countRefused || isCounted(request.raw)) return;
  noteCounted(request.raw);
  try {
    await countRefused(request, countDiscarded(request));
  } catch (error) {
    if (error instanceof HubError && error.code === 'RATE_LIMITED') {
      await refuseLater(error, request);
    }
  }
}

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
