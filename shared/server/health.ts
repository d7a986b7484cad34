import type { FastifyInstance } from 'fastify';

export interface HealthOptions {
  /** True when requests can be answered. An error counts as no. */
  isReady(): boolean | Promise<boolean>;
}

/**
 * Adds `/health/live`, which answers as long as the process does, and `/health/ready`, which is 503 until requests can
 * be answered. Neither is logged: they are asked every few seconds.
 */
export function registerHealth(http: FastifyInstance, { isReady }: HealthOptions): void {
  const options = { logLevel: 'silent' } as const;
  http.get('/health/live', options, async (_request, reply) => reply.send({ status: 'live' }));
  http.get('/health/ready', options, async (_request, reply) => {
    const ready = await Promise.resolve()
      .then(isReady)
      .catch(() => false);
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
}
