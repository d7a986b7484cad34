import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../system/logger.js';
import { registerHealth, type ReadyChecks, type Warnings } from './health.js';
import { createHttpServer } from './http-server.js';

async function ask(path: string, checks: ReadyChecks, warnings?: Warnings) {
  const http = await createHttpServer({ logger: silentLogger });
  registerHealth(http, { checks, warnings });
  const { statusCode, headers, body } = await http.inject(path);
  await http.close();
  return { status: statusCode, cache: headers['cache-control'], body: JSON.parse(body) as unknown };
}

describe('/health/live', () => {
  it('responds even if nothing is ready', async () => {
    const answer = await ask('/health/live', { database: () => 'There is none.' });
    expect(answer).toEqual({ status: 200, cache: 'no-store', body: { status: 'live' } });
  });
});

describe('/health/ready', () => {
  it('reports warnings, whether ready or not', async () => {
    const warnings = { database: 'It is old.' };
    expect(await ask('/health/ready', {}, warnings)).toMatchObject({
      status: 200,
      body: { status: 'ready', warnings },
    });
    expect(await ask('/health/ready', { clock: () => 'It is late.' }, warnings)).toMatchObject({
      status: 503,
      body: { reasons: { clock: 'It is late.' }, warnings },
    });
  });

  it('runs warning checks, which do not affect readiness', async () => {
    const http = await createHttpServer({ logger: silentLogger });
    const warningChecks = { keys: async () => 'One is missing.', clock: () => undefined };
    registerHealth(http, { checks: {}, warnings: { database: 'It is old.' }, warningChecks });
    const { statusCode, body } = await http.inject('/health/ready');
    await http.close();
    expect([statusCode, JSON.parse(body)]).toEqual([
      200,
      { status: 'ready', warnings: { database: 'It is old.', keys: 'One is missing.' } },
    ]);
  });

  it('is 200 if every check passes', async () => {
    const checks = { database: async () => undefined, keys: () => undefined };
    expect(await ask('/health/ready', checks)).toMatchObject({
      status: 200,
      body: { status: 'ready' },
    });
  });

  it('is 503 with the reason of every failed check', async () => {
    const checks = {
      database: async () => 'The disk is full.',
      keys: () => undefined,
      clock: () => 'It is late.',
    };
    expect(await ask('/health/ready', checks)).toMatchObject({
      status: 503,
      body: {
        status: 'not ready',
        reasons: { database: 'The disk is full.', clock: 'It is late.' },
      },
    });
  });

  it.each<{ how: string; check: ReadyChecks[string] }>([
    { how: 'rejects', check: () => Promise.reject(new Error('a secret')) },
    {
      how: 'throws',
      check: () => {
        throw new Error('a secret');
      },
    },
  ])('is 503 if a check $how, and hides its message', async ({ check }) => {
    expect(await ask('/health/ready', { database: check })).toMatchObject({
      status: 503,
      body: { status: 'not ready', reasons: { database: 'The check failed.' } },
    });
  });
});
