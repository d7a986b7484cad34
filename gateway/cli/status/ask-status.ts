import { UserError } from '@hub/shared/system';
import { z } from 'zod';
import { readCallTimes, type CallTimes } from './read-call-times.js';

const partner = z.object({
  code: z.string(),
  name: z.string(),
  subgraph: z.string(),
  membership: z.string(),
  status: z.string(),
  statusSince: z.string().nullable(),
  lastAnsweredAt: z.string().nullable(),
});
const conformance = z.object({ result: z.string(), checkedAt: z.string() }).nullable();
const operations = z.object({ partners: z.array(z.object({ partner, conformance })) });
const response = z.object({ data: z.object({ operations }) });
const health = z.object({
  status: z.string(),
  reasons: z.record(z.string(), z.string()).optional(),
  warnings: z.record(z.string(), z.string()).optional(),
});

/** One partner, as the hub sees it. */
export interface PartnerLine extends z.output<typeof partner> {
  /** Null if the hub made no call, or does not show its metrics here. */
  readonly times: CallTimes | null;
  readonly conformance: z.output<typeof conformance>;
}

/** What a running hub says of itself and its partners. */
export interface HubStatus {
  readonly url: string;
  readonly isReady: boolean;
  /** Why it is not ready, and what is to be watched, by the name of the check. */
  readonly reasons: Readonly<Record<string, string>>;
  readonly warnings: Readonly<Record<string, string>>;
  readonly partners: readonly PartnerLine[];
  /** Whether the hub shows its metrics here. */
  readonly hasMetrics: boolean;
}

const deadlineMs = 15_000;

const query =
  'query Status { operations { partners { partner { code name subgraph membership status statusSince lastAnsweredAt } conformance { result checkedAt } } } }';

/**
 * Asks a running hub.
 * @throws {@link UserError} if there is no hub
 */
export async function askStatus(url: string, fetchBy = fetch): Promise<HubStatus> {
  const get = (target: string | URL, init: RequestInit = {}) =>
    fetchBy(target, { ...init, redirect: 'error', signal: AbortSignal.timeout(deadlineMs) });
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query }),
  };
  const [asked, ready, metrics] = await Promise.all([
    get(url, post),
    get(new URL('/health/ready', url)),
    get(new URL('/metrics', url)),
  ]).catch(() => {
    throw new UserError(`No hub responds at ${url}.`);
  });
  const [body, state] = await Promise.all([asked.json(), ready.json()]).catch(() => []);
  const found = response.safeParse(body);
  const checked = health.safeParse(state);
  if (!found.success || !checked.success)
    throw new UserError(`The server at ${url} is not a hub of this network (${asked.status}).`);
  const times = metrics.ok ? readCallTimes(await metrics.text()) : undefined;
  const { reasons = {}, warnings = {} } = checked.data;
  return {
    url,
    isReady: checked.data.status === 'ready',
    reasons,
    warnings,
    hasMetrics: times !== undefined,
    partners: found.data.data.operations.partners.flatMap(({ partner: one, ...server }) =>
      one.membership === 'REMOVED'
        ? []
        : [{ ...one, ...server, times: times?.get(one.code) ?? null }],
    ),
  };
}
