import { z } from 'zod';
import type { Limits } from './limits.js';

const limit = z.coerce.number().int().min(1).max(1_000_000_000);

/** The environment variables for a server’s limits. */
export const limitVariables = {
  HUB_LIMIT_BODY_BYTES: limit.optional(),
  HUB_LIMIT_CHARACTERS: limit.optional(),
  HUB_LIMIT_TOKENS: limit.optional(),
  HUB_LIMIT_NESTING: limit.max(1_000).optional(),
  HUB_LIMIT_DEPTH: limit.optional(),
  HUB_LIMIT_ALIASES: limit.optional(),
  HUB_LIMIT_ROOT_FIELDS: limit.optional(),
  HUB_LIMIT_DIRECTIVES: limit.optional(),
  HUB_LIMIT_FRAGMENTS: limit.optional(),
  HUB_LIMIT_REPETITIONS: limit.optional(),
  HUB_LIMIT_FIELDS: limit.optional(),
  HUB_LIMIT_COST: limit.optional(),
  HUB_LIMIT_LIST_SIZE: limit.optional(),
  HUB_LIMIT_PAGE_SIZE: limit.optional(),
  HUB_LIMIT_VALUES: limit.optional(),
  HUB_LIMIT_READING_MS: limit.optional(),
  HUB_LIMIT_CONNECTIONS: limit.optional(),
  HUB_LIMIT_CONNECTIONS_PER_ADDRESS: limit.optional(),
  HUB_LIMIT_WAITING_BYTES: limit.optional(),
  HUB_LIMIT_WAITING_BYTES_PER_CLIENT: limit.optional(),
  HUB_LIMIT_OPERATIONS: limit.optional(),
  HUB_LIMIT_OPERATIONS_PER_CLIENT: limit.optional(),
  HUB_LIMIT_OPERATIONS_PER_ORGANISATION: limit.optional(),
  HUB_LIMIT_WAIT_MS: limit.optional(),
};

type LimitVariable = keyof typeof limitVariables;

/** `HUB_LIMIT_BODY_BYTES` sets `bodyBytes`, and so on. */
const variableOf = (name: string): LimitVariable =>
  `HUB_LIMIT_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}` as LimitVariable;

/** The limits of the environment, and defaults for the others. */
export function readLimits(
  set: Partial<Readonly<Record<LimitVariable, number>>>,
  defaults: Limits,
): Limits {
  const entries = Object.entries(defaults) as [keyof Limits, number][];
  const chosen = entries.map(([name, byDefault]) => [name, set[variableOf(name)] ?? byDefault]);
  return Object.freeze(Object.fromEntries(chosen) as unknown as Limits);
}
