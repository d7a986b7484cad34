import type { FastifyInstance } from 'fastify';
import type { DataSource } from 'typeorm';
import { Loaders } from '../../database/loaders.js';
import { refuseLostFile } from '../../database/sqlite/lost-file.js';
import { Refusal } from '../../errors/refusal.js';
import { readTimeLeft, timeLeftHeader } from '../../identity/time-left.js';
import type { AccessPath } from '../../policy/access-page.js';
import { type AskHub, limitAskHub } from '../../policy/context/ask-hub.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { isPerson } from '../../policy/readers.js';
import type { AuthenticateRequest } from './authenticate-hub.js';

/** The path at which a partner tells the hub how much waits for each organisation past its day. */
export const overdueTasksPath = '/overdue-tasks';

/**
 * Who may call the path. The hub sends no client’s request there, so that one without a caller is the
 * hub’s own. A field of the schema cannot have this level: for it, that would be an anonymous client.
 */
const access: AccessPath = {
  path: `POST ${overdueTasksPath}`,
  level: 'hub',
  readers: 'the hub itself, in a request that it signed, without a caller',
};

/** The paths of a partner beside GraphQL, for the page of access rules. */
export const accessPathsOf = (definition: {
  readonly countOverdue?: CountOverdue;
}): readonly AccessPath[] => (definition.countOverdue ? [access] : []);

/** How many tasks of one kind an organisation has not done in time. It names no task and no person. */
export interface OverdueTasks {
  /** The code of the organisation for which they wait. */
  readonly organisation: string;
  /** Such as `DECIDE_NOMINATION`. */
  readonly kind: string;
  /** Those that are certain. There may be more while others are unavailable. At least 1. */
  readonly countAtLeast: number;
}

/** What a partner counts with. */
export type OverdueContext = Pick<PartnerContext, 'source' | 'loaders' | 'clock' | 'askHub'>;

/** Counts the tasks that wait past their due date, for all organisations. */
export type CountOverdue = (context: OverdueContext) => Promise<readonly OverdueTasks[]>;

interface OverdueOptions {
  readonly source: DataSource;
  readonly authenticate: AuthenticateRequest;
  readonly askHub: AskHub;
  readonly clock: () => Date;
  readonly countOverdue: CountOverdue;
}

const mostBytes = 1_024;

/** Adds the path at which the hub learns what is overdue, so that it can notify the organisations. */
export function registerOverdueTasks(
  http: FastifyInstance,
  { source, authenticate, askHub, clock, countOverdue }: OverdueOptions,
): void {
  const options = { logLevel: 'silent', bodyLimit: mostBytes } as const;
  http.post(overdueTasksPath, options, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { method, url: path, headers } = request;
    const { reader } = await authenticate({ method, path, body, headers });
    if (isPerson(reader)) throw new Refusal('FORBIDDEN', 403);
    await refuseLostFile(source);
    const leftMs = readTimeLeft(headers[timeLeftHeader]);
    const until = leftMs === undefined ? undefined : performance.now() + leftMs;
    const overdue = await countOverdue({
      source,
      loaders: new Loaders(source),
      clock,
      askHub: limitAskHub(askHub, until),
    });
    return reply.send({ overdue });
  });
}
