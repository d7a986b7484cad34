import type { FastifyInstance } from 'fastify';
import type { DataSource } from 'typeorm';
import { refuseLostFile } from '../../database/sqlite/lost-file.js';
import { Refusal } from '../../errors/refusal.js';
import { readTimeLeft } from '../../identity/request-headers.js';
import type { AccessPath } from '../../policy/access-page.js';
import type { AuthenticateRequest } from './authenticate-hub.js';

/** The path at which a partner tells the hub how much waits for each organisation past its day. */
export const overdueTasksPath = '/overdue-tasks';
/** The path at which the hub ends and renews subscriptions of mails. */
export const mailSubscriptionsPath = '/mail-subscriptions';
/** The path at which the hub passes on links and cookies of participants. */
export const participantSessionsPath = '/participant-sessions';

/**
 * The paths of a partner beside GraphQL, for the page of access rules. A field of the schema cannot
 * have this level: for it, a request without a caller would be an anonymous client’s.
 */
export const accessPathsOf = ({
  countOverdue,
  mail,
  travellers,
}: {
  readonly countOverdue?: unknown;
  readonly mail?: unknown;
  readonly travellers?: unknown;
}): readonly AccessPath[] =>
  [
    ...(countOverdue ? [overdueTasksPath] : []),
    ...(mail ? [mailSubscriptionsPath] : []),
    ...(travellers ? [participantSessionsPath] : []),
  ].map((path) => ({
    path: `POST ${path}`,
    level: 'hub',
    readers: 'the hub itself, in a request that it signed, without a caller',
  }));

export interface HubPathOptions {
  readonly source: DataSource;
  readonly authenticate: AuthenticateRequest;
}

const mostBytes = 1_024;

/**
 * Adds a path that the hub alone may call, in its own name: it sends no client’s request there, so
 * that one without a caller is the hub’s own.
 * @param respond gets the body, and the latest time for the response on the clock of
 * `performance.now()`, and when the hub sent the request, by its own clock
 */
export function registerHubPath(
  http: FastifyInstance,
  path: string,
  { source, authenticate }: HubPathOptions,
  respond: (body: Buffer, until: number | undefined, sentAt: Date | undefined) => Promise<object>,
): void {
  const options = { logLevel: 'silent', bodyLimit: mostBytes } as const;
  http.post(path, options, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { method, url, headers } = request;
    const { reader, sentAt } = await authenticate({ method, path: url, body, headers });
    if (reader.kind !== 'anonymous') throw new Refusal('FORBIDDEN', 403);
    await refuseLostFile(source);
    const leftMs = readTimeLeft(headers);
    const until = leftMs === undefined ? undefined : performance.now() + leftMs;
    return reply.send(await respond(body, until, sentAt));
  });
}
