import type { FastifyRequest } from 'fastify';
import { setTimeout as wait } from 'node:timers/promises';
import { HubError } from '../../../errors/hub-error.js';
import { readAnnouncedBytes } from '../bodies/announced-bytes.js';
import { countDiscarded, discardBody } from '../bodies/refuse-body.js';
import { isCounted, noteCounted } from '../caller-note.js';

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
export async function refuseLater(error: unknown, request: FastifyRequest): Promise<never> {
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
export async function countRefusal(
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
