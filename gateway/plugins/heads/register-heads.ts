import { Refusal } from '@hub/shared/errors';
import type { SignedRequest } from '@hub/shared/identity';
import { handInPath, headsPath, type Opening, openingSchema } from '@hub/shared/records';
import type { createHttpServer } from '@hub/shared/server';
import { z } from 'zod';

/** Why a head is refused: a code, and words for the partner’s engineers. */
interface HeadRefusal {
  readonly code: string;
  readonly message: string;
}

/** The heads of all partners’ records, over HTTP. */
export interface ServedHeads {
  /** Counts a request of an address. @throws HubError `RATE_LIMITED` */
  readonly count: (address: string) => void;
  /** Returns the code of the partner that signed the request. @throws HubError `UNAUTHENTICATED` */
  readonly verify: (request: SignedRequest) => Promise<string>;
  /** Publishes a head. Returns why not. @throws HubError `RATE_LIMITED` */
  readonly take: (
    partner: string,
    statement: string,
    opening?: Opening,
  ) => Promise<HeadRefusal | undefined>;
  /** The published lines from this number on. */
  readonly read: (from: number) => string;
}

type HttpServer = Awaited<ReturnType<typeof createHttpServer>>;

const mostBytes = 5_000;
const bodySchema = z.strictObject({
  head: z.string().min(1).max(4_000),
  opening: openingSchema.optional(),
});
const fromSchema = z.coerce.number().int().min(1).max(1_000_000_000).default(1);

/** Takes signed heads from partners, and publishes all of them. */
export function registerHeads(http: HttpServer, { count, verify, take, read }: ServedHeads): void {
  http.get(headsPath, async ({ ip, query }, reply) => {
    count(ip);
    const from = fromSchema.safeParse((query as { readonly from?: unknown }).from);
    if (!from.success) throw new Refusal('BAD_REQUEST', 400);
    return reply.type('application/jsonl; charset=utf-8').send(read(from.data));
  });
  http.post(handInPath, { bodyLimit: mostBytes }, async (request, reply) => {
    count(request.ip);
    const { method, headers } = request;
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const partner = await verify({ method, path: handInPath, body, headers });
    const { head, opening } = readBody(body);
    const refusal = await take(partner, head, opening);
    if (refusal) return reply.code(409).send({ refused: refusal });
    return reply.send({ partner });
  });
}

function readBody(body: Buffer): z.output<typeof bodySchema> {
  try {
    return bodySchema.parse(JSON.parse(body.toString()));
  } catch {
    throw new Refusal('BAD_REQUEST', 400);
  }
}
