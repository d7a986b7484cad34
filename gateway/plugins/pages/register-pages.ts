import fastifyStatic from '@fastify/static';
import type { createHttpServer } from '@hub/shared/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { isBrowser } from '../../server/refusal-page.js';
import { registerSignIn, type ServedSignIn } from './sign-in/register-sign-in.js';

/** The hub’s own pages. */
export interface ServedPages extends ServedSignIn {
  /** The folder of the built files: `index.html` and `assets`. */
  readonly folder: string;
  /** The paths at which the pages are opened. They all get `index.html`. */
  readonly paths: readonly string[];
  readonly contentSecurityPolicy: string;
  /** What the pages learn of the hub: a value for JSON. */
  readonly settings: object;
  /** Counts a request for the schema or what is beside it. Throws to refuse it. */
  readonly countSchema: (address: string) => void;
  /** Prints the schema for clients, also without its descriptions. @default clients may not have it */
  readonly printSchema?: ((isDescribed: boolean) => string) | undefined;
  /** Who owns and reads each field: JSON beside the schema. @default clients may not have it */
  readonly fieldFacts?: string | undefined;
}

type HttpServer = Awaited<ReturnType<typeof createHttpServer>>;

/** The names of the files in `assets` change with their content. */
const longCaching = 'public, max-age=31536000, immutable';
/** Serves the page for travellers without a connection. It reads nothing but the files of the hub. */
const journeyWorker = '/my-journey-worker.js';
const workerPolicy = "default-src 'none'; connect-src 'self'";
/** A browser asks each time whether the page has changed. */
const checkedCaching = 'no-cache';

const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) } as const;

/** Sends a text compressed, or says that the client has it already. It is compressed once. */
function createTextSender() {
  let kept = { text: '', tag: '', packed: new Map<string, Promise<Buffer>>() };
  return async ({ headers }: FastifyRequest, reply: FastifyReply, text: string) => {
    if (kept.text !== text) {
      const tag = `W/"${createHash('sha256').update(text).digest('base64url')}"`;
      kept = { text, tag, packed: new Map() };
    }
    const vary = [reply.getHeader('vary'), 'Accept-Encoding'].filter(Boolean).join(', ');
    reply.headers({ 'cache-control': checkedCaching, etag: kept.tag, vary });
    const known = headers['if-none-match']?.split(',').map((one) => one.trim());
    if (known?.includes(kept.tag)) return reply.code(304).send();
    const accepted = String(headers['accept-encoding'] ?? '');
    const encoding = (['br', 'gzip'] as const).find((one) =>
      new RegExp(`\\b${one}\\b`).test(accepted),
    );
    if (!encoding) return reply.send(text);
    const packed = kept.packed.get(encoding) ?? compressors[encoding](text);
    kept.packed.set(encoding, packed);
    return reply.header('content-encoding', encoding).send(await packed);
  };
}

/**
 * Serves the pages. They are clients of the graph like all others, so nothing here reads data of a
 * partner.
 */
export async function registerPages(http: HttpServer, pages: ServedPages): Promise<void> {
  const { folder, paths, contentSecurityPolicy, settings, countSchema, printSchema, fieldFacts } =
    pages;
  if (!existsSync(join(folder, 'index.html'))) return;
  await http.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    index: false,
    preCompressed: true,
    // Only the files that exist now. Otherwise each unknown name is looked for three times.
    wildcard: false,
    cacheControl: false,
    decorateReply: true,
    // Also called for the page itself, which has headers of its own.
    setHeaders: (reply, path) => {
      if (!path.endsWith('index.html')) reply.header('cache-control', longCaching);
    },
  });
  const headers = {
    'cache-control': checkedCaching,
    'content-security-policy': contentSecurityPolicy,
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  };
  for (const path of paths)
    http.get(path, (_request, reply) =>
      reply.headers(headers).sendFile('index.html', folder, { cacheControl: false }),
    );
  const page = readFileSync(join(folder, 'index.html'));
  // At an address that does not exist, people get the page that says so. Programs get JSON.
  http.addHook('onSend', ({ is404, method, headers: { accept } }, reply, payload, done) => {
    if (!is404 || method !== 'GET' || !isBrowser(accept)) return done(null, payload);
    reply.headers(headers).type('text/html; charset=utf-8').removeHeader('content-length');
    done(null, page);
  });
  http.get(journeyWorker, (_request, reply) => {
    reply.headers({ 'cache-control': checkedCaching, 'content-security-policy': workerPolicy });
    return reply.sendFile(journeyWorker.slice(1), folder, { cacheControl: false });
  });
  http.get('/pages/settings.json', () => settings);
  const sendFacts = createTextSender();
  if (printSchema)
    for (const isDescribed of [true, false]) {
      const send = createTextSender();
      http.get(`/graphql/${isDescribed ? '' : 'bare-'}schema.graphql`, (request, reply) => {
        countSchema(request.ip);
        return send(request, reply.type('text/plain; charset=utf-8'), printSchema(isDescribed));
      });
    }
  if (fieldFacts)
    http.get('/graphql/field-facts.json', (request, reply) => {
      countSchema(request.ip);
      return sendFacts(request, reply.type('application/json; charset=utf-8'), fieldFacts);
    });
  registerSignIn(http, pages);
}
