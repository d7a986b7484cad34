import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * The checks of readiness, by name. A check returns the reason why it fails, for the operator, or
 * undefined. The reason must not contain secrets or personal data, because anybody who reaches the
 * server can read it.
 */
export type ReadyChecks = Readonly<
  Record<string, () => string | undefined | Promise<string | undefined>>
>;

/** Warnings for operators of a server that is ready, by name. They are as public as reasons. */
export type Warnings = Readonly<Record<string, string>>;

export interface HealthOptions {
  readonly checks: ReadyChecks;
  /** Included in every response of `/health/ready`. @default none */
  readonly warnings?: Warnings | undefined;
  /** Checked for every response, and included as warnings. @default none */
  readonly warningChecks?: ReadyChecks | undefined;
  /**
   * Counts a request by the address of its client. Throws to refuse it. @default none is refused
   */
  readonly count?: (address: string) => void;
}

/**
 * The reasons why a server is not ready, by the name of the check. A check that throws has failed.
 */
async function findReasons(checks: ReadyChecks): Promise<Readonly<Record<string, string>>> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const reason = await Promise.resolve()
        .then(check)
        .catch(() => 'The check failed.');
      return [name, reason] as const;
    }),
  );
  return Object.fromEntries(results.filter((result): result is [string, string] => !!result[1]));
}

/**
 * Adds `/health/live`, which responds as long as the process runs, and `/health/ready`, which is
 * 503 with the reasons until every check passes. Neither is logged, because they are requested
 * every few seconds.
 */
export function registerHealth(
  http: FastifyInstance,
  { checks, warnings = {}, warningChecks = {}, count }: HealthOptions,
): void {
  const options = {
    logLevel: 'silent',
    onRequest: async ({ ip }: FastifyRequest) => count?.(ip),
  } as const;
  type Found = Awaited<ReturnType<typeof findReasons>>;
  let underWay: Promise<readonly [Found, Found]> | undefined;
  // The checks run once at a time, however many clients ask.
  const findOnce = () =>
    (underWay ??= Promise.all([findReasons(checks), findReasons(warningChecks)]).finally(() => {
      underWay = undefined;
    }));
  http.get('/health/live', options, async (_request, reply) => reply.send({ status: 'live' }));
  http.get('/health/ready', options, async (_request, reply) => {
    const [reasons, found] = await findOnce();
    const all = { ...warnings, ...found };
    const noted = Object.keys(all).length > 0 ? { warnings: all } : {};
    if (Object.keys(reasons).length === 0) return reply.send({ status: 'ready', ...noted });
    return reply.code(503).send({ status: 'not ready', reasons, ...noted });
  });
}
