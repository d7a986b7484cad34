import type { FastifyRequest } from 'fastify';
import type { JWK } from 'jose';
import type { DataSource } from 'typeorm';
import { assertionHeader, partnerHeader } from '../../identity/signature-form.js';
import { readHead } from '../../records/chain/append-rows.js';
import {
  acceptSignatureHeader,
  canSignResponse,
  signResponse,
  wantedSignature,
} from '../../records/evidence/signed-response.js';

interface SignResponsesOptions {
  readonly source: DataSource;
  readonly clock: () => Date;
  readonly signingKey: () => Promise<JWK>;
}

interface Response {
  readonly status: number;
  readonly text: string;
}

/**
 * Signs each response that the hub asks to be signed, after what it read was recorded. The hub’s
 * request was verified before. Its signature does not cover the wish: a stranger on the way could
 * only cause a signature more.
 */
export function createSignResponses({
  source,
  clock,
  signingKey,
}: SignResponsesOptions): (
  request: FastifyRequest,
  response: Response,
) => Promise<Record<string, string>> | undefined {
  const describe = async (
    { method, url: path, headers }: FastifyRequest,
    { status, text }: Response,
  ) => {
    const [key, record] = await Promise.all([signingKey(), readHead(source.manager)]);
    return signResponse({
      request: {
        method,
        path,
        contentDigest: String(headers['content-digest']),
        partner: String(headers[partnerHeader]),
        assertion: String(headers[assertionHeader]),
        signature: String(headers['signature']),
      },
      status,
      body: text,
      record,
      key,
      now: clock(),
    });
  };
  return (request, response) =>
    request.headers[acceptSignatureHeader] === wantedSignature &&
    canSignResponse(request.headers['signature'])
      ? describe(request, response)
      : undefined;
}
