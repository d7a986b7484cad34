import { GraphQLString } from 'graphql';
import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Work } from '../../../graphql/operations/served-context.js';
import { fewestBytes } from './content-encoding.js';
import { openTestServer, type TestServerOptions } from './test-graphql.js';

const text = (length: number) => 'hei '.repeat(length / 4);
const lengthOf = { small: 100, medium: 20_000, large: 400_000 };

const openServer = (options: TestServerOptions = {}) =>
  openTestServer({
    compresses: true,
    fields: Object.fromEntries(
      Object.entries(lengthOf).map(([name, length]) => [
        name,
        { type: GraphQLString, resolve: () => text(length) },
      ]),
    ),
    ...options,
  });

/** Asks as a client that decodes nothing by itself. */
async function ask(origin: string, field: string, headers: Readonly<Record<string, string>> = {}) {
  const body = JSON.stringify({ query: `{ ${field} }` });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const all = { 'content-type': 'application/json', ...headers };
    request(`${origin}/graphql`, { method: 'POST', headers: all }, resolve)
      .once('error', reject)
      .end(body);
  });
  return { status: response.statusCode, headers: response.headers, bytes: await buffer(response) };
}

const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  br: zlib.brotliDecompressSync,
  gzip: zlib.gunzipSync,
  ...('zstdDecompressSync' in zlib && {
    zstd: zlib.zstdDecompressSync as (bytes: Buffer) => Buffer,
  }),
};

describe('a response to a client that asks for compression', () => {
  it.each(
    Object.keys(decoders).flatMap((encoding) => [
      [encoding, 'medium'] as const,
      [encoding, 'large'] as const,
    ]),
  )('is in %s where it is %s, with the same content', async (encoding, field) => {
    await using server = await openServer();
    const plain = await ask(server.origin, field);
    const compressed = await ask(server.origin, field, { 'accept-encoding': encoding });
    expect(compressed.headers['content-encoding']).toBe(encoding);
    expect(compressed.headers['content-length']).toBe(String(compressed.bytes.length));
    expect(compressed.headers['content-type']).toBe(plain.headers['content-type']);
    expect(compressed.bytes.length).toBeLessThan(plain.bytes.length / 10);
    expect(decoders[encoding]?.(compressed.bytes)).toEqual(plain.bytes);
  });

  it('is plain where it is small, an error, or the client does not ask', async () => {
    await using server = await openServer();
    const headers = { 'accept-encoding': 'br, gzip' };
    for (const answer of [
      await ask(server.origin, 'small', headers),
      await ask(server.origin, 'nothing', headers),
      await ask(server.origin, 'large'),
      await ask(server.origin, 'large', { 'accept-encoding': 'identity' }),
    ]) {
      expect(answer.headers['content-encoding']).toBeUndefined();
      expect(JSON.parse(answer.bytes.toString())).toBeTypeOf('object');
    }
    expect(lengthOf.small).toBeLessThan(fewestBytes);
  });

  it('tells caches that its form depends on the request, whatever the form is', async () => {
    await using server = await openServer({ allowedOrigins: ['https://a.example'] });
    const origin = { origin: 'https://a.example' };
    const asked: Readonly<Record<string, string>>[] = [{}, { 'accept-encoding': 'gzip' }, origin];
    for (const headers of asked) {
      const { vary = '' } = (await ask(server.origin, 'medium', headers)).headers;
      expect(vary.split(/, */)).toEqual(expect.arrayContaining(['Accept', 'Accept-Encoding']));
    }
    const { vary } = (await ask(server.origin, 'medium', origin)).headers;
    expect(vary).toContain('Origin');
  });

  it('charges its caller with the work, by its size', async () => {
    const charged: Work[] = [];
    await using server = await openServer({
      createContext: async ({ requestId, watchClient }) => ({
        requestId,
        signal: watchClient(),
        charge: (work) => void charged.push(work),
      }),
    });
    await ask(server.origin, 'large');
    const sent = charged.splice(0).find(({ bytes = 0 }) => bytes > lengthOf.large);
    await ask(server.origin, 'large', { 'accept-encoding': 'gzip' });
    const last = charged.at(-1);
    // 3 ms for a megabyte.
    expect(last?.ms).toBeCloseTo(((sent?.bytes ?? 0) / 1e6) * 3, 3);
  });

  it('is never compressed by a server that does not say so', async () => {
    await using server = await openServer({ compresses: false });
    const { headers } = await ask(server.origin, 'large', { 'accept-encoding': 'gzip' });
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers.vary).toBe('Accept');
  });
});
