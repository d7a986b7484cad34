import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../../errors/refusal.js';
import {
  type HubPathOptions,
  mailSubscriptionsPath,
  registerHubPath,
} from '../requests/hub-path.js';
import { changeSubscription } from './mail-queue.js';

const bodySchema = z.strictObject({
  id: z.string(),
  key: z.string(),
  isStopped: z.boolean(),
});

/**
 * Adds the path at which the hub passes on that somebody follows the link of a mail. The partner’s
 * server is not reachable for people, and the hub is.
 */
export function registerMailSubscriptions(
  http: FastifyInstance,
  { clock, ...options }: HubPathOptions & { readonly clock: () => Date },
): void {
  registerHubPath(http, mailSubscriptionsPath, options, async (body) => {
    const change = readBody(body);
    if (!(await changeSubscription(options.source, change, clock())))
      throw new Refusal('NOT_FOUND', 404);
    return { isStopped: change.isStopped };
  });
}

function readBody(body: Buffer): z.output<typeof bodySchema> {
  try {
    return bodySchema.parse(JSON.parse(body.toString()));
  } catch {
    throw new Refusal('BAD_REQUEST', 400);
  }
}
