import type { FastifyInstance } from 'fastify';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { Refusal } from '../../errors/refusal.js';
import { readHashAt, readHead } from '../../records/chain/append-rows.js';
import type { AuthenticateRequest } from './authenticate-hub.js';

/** The path at which a partner returns the end of its record of disclosures. */
export const disclosureHeadPath = '/disclosures-head';

/**
 * The hub’s request: the number of the link that it knows, whose hash it wants. 0 if it knows none.
 */
const bodySchema = z.strictObject({ links: z.int().nonnegative() });

interface HeadOptions {
  readonly source: DataSource;
  readonly authenticate: AuthenticateRequest;
}

const mostBytes = 1_024;

/**
 * Adds the path at which the hub gets the end of the record of disclosures, and the hash of a link
 * that it knows. It reveals no reads. The hub stores the result outside the partner, so that a
 * cut-off end is detected.
 */
export function registerDisclosureHead(
  http: FastifyInstance,
  { source, authenticate }: HeadOptions,
): void {
  const options = { logLevel: 'silent', bodyLimit: mostBytes } as const;
  http.post(disclosureHeadPath, options, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { method, url: path, headers } = request;
    await authenticate({ method, path, body, headers });
    const { links } = readBody(body);
    const [head, hashAt] = await Promise.all([
      readHead(source.manager),
      readHashAt(source.manager, links),
    ]);
    return reply.send({ ...head, hashAt: hashAt ?? null });
  });
}

function readBody(body: Buffer): z.infer<typeof bodySchema> {
  try {
    return bodySchema.parse(JSON.parse(body.toString()));
  } catch {
    throw new Refusal('BAD_REQUEST', 400);
  }
}
