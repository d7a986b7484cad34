import type { FastifyRequest } from 'fastify';
import { malformed } from '../../../errors/refusal.js';
import { checkContentType } from '../operations/graphql-parameters.js';

/**
 * The value of a body in JSON; undefined without a body.
 * @throws BAD_REQUEST if it is of another media type, or malformed
 */
export function readJson({ headers, body }: Pick<FastifyRequest, 'headers' | 'body'>): unknown {
  if (!(body instanceof Uint8Array)) return undefined;
  checkContentType(headers['content-type'], headers['content-encoding']);
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    throw malformed('The body must be JSON.');
  }
}
