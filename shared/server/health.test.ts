import { describe, expect, it } from 'vitest';
import { silentLogger } from '../telemetry/index.js';
import { registerHealth } from './health.js';
import { createHttpServer } from './http-server.js';

async function ask(path: string, isReady: () => boolean | Promise<boolean>) {
  const http = await createHttpServer({ logger: silentLogger });
  registerHealth(http, { isReady });
  const { statusCode, headers, body } = await http.inject(path);
  await http.close();
  return { status: statusCode, cache: headers['cache-control'], body: JSON.parse(body) as unknown };
}

describe('/health/live', () => {
  it('answers also where nothing is ready', async () => {
    const answer = await ask('/health/live', () => false);
    expect(answer).toEqual({ status: 200, cache: 'no-store', body: { status: 'live' } });
  });
});

describe('/health/ready', () => {
  it.each([
    { what: 'ready', isReady: () => true, status: 200 },
    { what: 'not ready', isReady: async () => false, status: 503 },
    { what: 'not ready', isReady: () => Promise.reject(new Error('no database')), status: 503 },
    {
      what: 'not ready',
      isReady: () => {
        throw new Error('no database');
      },
      status: 503,
    },
  ])('says $status: $what', async ({ isReady, status, what }) => {
    expect(await ask('/health/ready', isReady)).toMatchObject({ status, body: { status: what } });
  });
});
