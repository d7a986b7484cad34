import { describe, expect, it } from 'vitest';
import { HubError } from '../../../errors/hub-error.js';
import { defaultLimits } from '../../../graphql/limits/limits.js';
import { openTestServer } from './test-graphql.js';

describe('a caller who is over its rate', () => {
  it.each([
    ['0.4 s', '{ greeting }', 398],
    ['0.8 s more if it sends 800 kB', `{ ${'a'.repeat(800_000)} }`, 1_198],
  ])('waits %s for the refusal, which has `retry-after`', async (_time, query, ms) => {
    const refuse = () => Promise.reject(new HubError('RATE_LIMITED', { retryAfter: 7 }));
    await using server = await openTestServer({ createContext: refuse, checkRate: refuse });
    const startedAt = performance.now();
    const response = await server.post({ query });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
    // A timer may be a millisecond early.
    expect(performance.now() - startedAt).toBeGreaterThan(ms);
  });
});

describe('what a caller is charged', () => {
  it('counts a rejected body twenty times by its bytes, and by the time to read it', async () => {
    const charged: Record<string, number | undefined>[] = [];
    await using server = await openTestServer({
      createContext: async ({ requestId, watchClient }) => ({
        requestId,
        signal: watchClient(),
        charge: (work) => void charged.push({ ...work }),
      }),
    });
    const body = `${JSON.stringify({ query: '{ greeting }' })}}`;
    expect((await server.post(body)).status).toBe(400);
    expect(charged).toEqual([{ bytes: 20 * body.length, ms: expect.any(Number) as number }]);
    expect(charged[0]?.['ms']).toBeGreaterThan(0);
  });

  it('counts time and bytes of reading twenty times where what was read is refused, and once where not', async () => {
    let charged: { ms?: number | undefined; bytes?: number | undefined }[] = [];
    await using server = await openTestServer({
      hooks: [
        {
          didResolveOperation({ request: { variables } }) {
            if (variables?.['text']) throw new HubError('BAD_USER_INPUT', { argument: 'text' });
            if (variables?.['busy']) throw new HubError('OVERLOADED');
          },
        },
      ],
      createContext: async ({ requestId, watchClient }) => ({
        requestId,
        signal: watchClient(),
        charge: (work) => void charged.push({ ...work }),
      }),
    });
    const query = '{ greeting }';
    await server.post({ query });
    /** How many times as much was charged as reading took: of the time, and of the bytes. */
    const factorsOf = async (variables: object) => {
      charged = [];
      await server.post({ query, variables });
      const [read = {}, ...others] = charged;
      // The response has bytes alone, other work has time alone.
      const more = others.filter(({ ms, bytes }) => ms !== undefined && bytes !== undefined);
      const factorOf = (key: 'ms' | 'bytes') =>
        more.reduce((sum, work) => sum + (work[key] ?? 0), read[key] ?? 0) / (read[key] ?? 1);
      return [Math.round(factorOf('ms')), factorOf('bytes')];
    };
    const text = '\u0001'.repeat(100_000);
    expect(await factorsOf({ text })).toEqual([20, 20]);
    expect(await factorsOf({ other: text })).toEqual([1, 1]);
    // Not the caller’s fault.
    expect(await factorsOf({ busy: text })).toEqual([1, 1]);
  });

  it('counts a request whose body is refused before it is read, and its bytes', async () => {
    const counted: number[] = [];
    await using server = await openTestServer({
      limits: { ...defaultLimits, bodyBytes: 1_000 },
      countRefused: async (_request, bytes) => void counted.push(bytes),
    });
    const large = 'x'.repeat(1_001);
    expect((await server.post(large)).status).toBe(413);
    expect((await server.post('x', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await server.post({ query: '{ greeting }' }, { accept: 'image/png' })).status).toBe(
      406,
    );
    expect((await server.post({ query: '{ greeting }' })).status).toBe(200);
    expect((await server.post({ query: '{' })).status).toBe(400);
    expect(counted).toEqual([large.length, 1, expect.any(Number)]);
  });

  it('refuses such a request as any other once its caller is over the rate', async () => {
    await using server = await openTestServer({
      limits: { ...defaultLimits, bodyBytes: 1_000 },
      countRefused: () => Promise.reject(new HubError('RATE_LIMITED', { retryAfter: 7 })),
    });
    const response = await server.post('x'.repeat(5_000_000));
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
  });
});
