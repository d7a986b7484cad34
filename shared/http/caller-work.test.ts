import { describe, expect, it } from 'vitest';
import { HubError } from '../errors/index.js';
import { openTestServer } from './test-graphql.js';

describe('a caller who is over its rate', () => {
  it('waits 0.2 s for the refusal, which says when to come back', async () => {
    await using server = await openTestServer({
      createContext: () => Promise.reject(new HubError('RATE_LIMITED', { retryAfter: 7 })),
    });
    const startedAt = performance.now();
    const response = await server.post({ query: '{ greeting }' });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
    // A timer may be a millisecond early.
    expect(performance.now() - startedAt).toBeGreaterThan(198);
  });
});

describe('what a caller is charged', () => {
  it('counts a body that is refused, by its bytes and by the time that it took to read', async () => {
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
    expect(charged).toEqual([{ bytes: body.length, ms: expect.any(Number) as number }]);
    expect(charged[0]?.['ms']).toBeGreaterThan(0);
  });
});
