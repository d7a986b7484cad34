import { addresses, metricsReaders, port, tlsVariables } from '@hub/shared/config';
import { limitVariables } from '@hub/shared/limits';
import { z } from 'zod';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export const workers = z.coerce.number().int().min(1).max(64);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

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
  HUB_SANDBOX: flag.optional(),
  HUB_PAGES: flag.optional(),
  HUB_USAGE: flag.optional(),
  HUB_OWNER_NOTICES: flag.default(false),
  HUB_TRIAL_SIGN_IN: flag.default(false),
  HUB_TRUSTED_DOCUMENTS: z.string().optional(),
  HUB_FORWARD_HEADERS: z.string().optional(),
  HUB_ENGINE_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  HUB_MCP: flag.default(false),
  HUB_MCP_APPLICATIONS: z
    .string()
    .transform((list) => list.split(',').map((name) => name.trim()))
    .default([]),
  HUB_ALLOWED_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .pipe(z.array(z.url('must be a list of origins')))
    .default([]),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  HUB_COMPRESSION: flag.default(true),
  HUB_METRICS: metricsReaders,
  HUB_TRUSTED_PROXIES: addresses.default([]),
  HUB_SHARED_STATE: z.url({ protocol: /^rediss?$/ }).optional(),
  HUB_SHARED_STATE_PASSWORD_FILE: z.string().optional(),
  HUB_OPERATION_DEADLINE_MS: z.coerce.number().int().min(1).max(600_000).default(15_000),
  HUB_CHANGE_STREAMS: z.coerce.number().int().min(0).max(100_000).default(500),
  HUB_CHANGE_STREAMS_PER_CLIENT: z.coerce.number().int().min(1).default(5),
  HUB_CHANGE_STREAM_SECONDS: z.coerce.number().int().min(10).max(86_400).default(1_800),
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
