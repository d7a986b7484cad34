import { limitVariables } from '@hub/shared/graphql';
import { addresses, port, tlsVariables } from '@hub/shared/system';
import { z } from 'zod';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export const workers = z.coerce.number().int().min(1).max(64);
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** A variable, with its row in docs/settings.md: what it means, and what holds if it is not set. */
export const described = <Type extends z.ZodType>(type: Type, meaning: string, unset: string) =>
  type.meta({ meaning, unset });

export const defaultNetworkFile = 'gateway/network.json';

export const defaultDataDir = '.data';

/** The hub’s environment variables. */
export const variables = z.object({
  HUB_PORT: port.optional(),
  HUB_HOST: z.string().default('127.0.0.1'),
  HUB_WORKERS: workers.default(1),
  HUB_NETWORK: z.string().default(defaultNetworkFile),
  HUB_DATA_DIR: z.string().default(defaultDataDir),
  HUB_PRIVATE_KEYS: z.string().optional(),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  HUB_REGISTRY: z.enum(['on', 'off']).default('on'),
  HUB_INTROSPECTION: flag.optional(),
  HUB_FORWARD_HEADERS: z.string().optional(),
  HUB_ALLOWED_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .pipe(z.array(z.url('must be a list of origins')))
    .default([]),
  HUB_COMPRESSION: flag.default(true),
  HUB_TRUSTED_PROXIES: addresses.default([]),
  HUB_OPERATION_DEADLINE_MS: z.coerce.number().int().min(1).max(600_000).default(15_000),
  HUB_LIMIT_RATE: z.coerce.number().int().min(1).optional(),
  HUB_LIMIT_BURST: z.coerce.number().int().min(1).optional(),
  HUB_LIMIT_ORGANISATION_RATE: z.coerce.number().int().min(1).optional(),
  HUB_LIMIT_WORK_MS: z.coerce.number().int().min(1).default(125),
  HUB_LIMIT_WORK_BYTES: z.coerce.number().int().min(1).default(25_000_000),
  HUB_LIMIT_PLANS: z.coerce.number().int().min(1).optional(),
  HUB_LIMIT_PATHS: z.coerce.number().int().min(1).optional(),
  ...tlsVariables,
  ...limitVariables,
});

export type Variables = z.output<typeof variables>;
