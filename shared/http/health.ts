import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * What has to hold before a server can respond, by name. A check returns the reason why it does not hold, in words for
 * the operator, or undefined. The reason holds no secret and no personal data: whoever reaches the server can read it.
 */
export type ReadyChecks = Readonly<
  Record<string, () => string | undefined | Promise<string | undefined>>
>;

/** What an operator should know of a server that can respond, by name; as open as a reason. */
export type Warnings = Readonly<Record<string, string>>;

export interface HealthOptions {
  readonly checks: ReadyChecks;
  /** Told with every response of `/health/ready`. @default none */
  readonly warnings?: Warnings | undefined;
  /** Looked up for every response, and told as warnings. @default none */
  readonly warningChecks?: ReadyChecks | undefined;
  /** Counts a request by the address that it came from. What it throws refuses it. @default any number is answered */
  readonly count?: (address: string) => void;
}

/** The reasons why a server is not ready, by the name of the check. A check that throws does not hold. */
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
 * Adds `/health/live`, which answers as long as the process does, and `/health/ready`, which is 503 with the reasons
 * until every check holds. Neither is logged: they are asked every few seconds.
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
  // However many ask, the checks run once at a time.
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
