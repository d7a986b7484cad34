import type { FastifyInstance } from 'fastify';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { readHashAt, readHead } from '../disclosure/index.js';
import { Refusal } from '../errors/index.js';
import type { AuthenticateRequest } from './authenticate-hub.js';

/** Where a partner tells how its record of disclosures ends. */
export const disclosureHeadPath = '/disclosures-head';

/** What the hub asks: which hash a link has that it knows. 0 where it knows none. */
const questionSchema = z.strictObject({ links: z.int().nonnegative() });

interface HeadOptions {
  readonly source: DataSource;
  readonly authenticate: AuthenticateRequest;
}

const mostBytes = 1_024;

/**
 * Adds the path at which the hub asks how the record of disclosures ends, and whether it still continues what it was. It
 * holds no reading. The hub keeps the result outside the partner, so that an end that is cut off is found.
 */
export function registerDisclosureHead(
  http: FastifyInstance,
  { source, authenticate }: HeadOptions,
): void {
  void http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    const options = { logLevel: 'silent', bodyLimit: mostBytes } as const;
    scope.post(disclosureHeadPath, options, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const { method, url: path, headers } = request;
      await authenticate({ method, path, body, headers });
      const { links } = readQuestion(body);
      const [head, hashAt] = await Promise.all([
        readHead(source.manager),
        readHashAt(source.manager, links),
      ]);
      return reply.send({ ...head, hashAt: hashAt ?? null });
    });
  });
}

function readQuestion(body: Buffer): z.infer<typeof questionSchema> {
  try {
    return questionSchema.parse(JSON.parse(body.toString()));
  } catch {
    throw new Refusal('BAD_REQUEST', 400);
  }
}
