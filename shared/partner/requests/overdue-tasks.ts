import type { FastifyInstance } from 'fastify';
import { Loaders } from '../../database/loaders.js';
import { limitAskHub } from '../../policy/context/ask-hub.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { type HubPathOptions, overdueTasksPath, registerHubPath } from './hub-path.js';

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

interface OverdueOptions extends HubPathOptions, Pick<OverdueContext, 'askHub' | 'clock'> {
  readonly countOverdue: CountOverdue;
}

/** Adds the path at which the hub learns what is overdue, so that it can notify the organisations. */
export function registerOverdueTasks(
  http: FastifyInstance,
  { source, authenticate, askHub, clock, countOverdue }: OverdueOptions,
): void {
  registerHubPath(http, overdueTasksPath, { source, authenticate }, async (_body, until) => ({
    overdue: await countOverdue({
      source,
      loaders: new Loaders(source),
      clock,
      askHub: limitAskHub(askHub, until),
    }),
  }));
}
