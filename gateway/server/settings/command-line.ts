import { port, UsageError } from '@hub/shared/system';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { workers } from './hub-variables.js';

/** @throws {@link UsageError} */
export function readFlags(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        supergraph: { type: 'string' },
        port: { type: 'string' },
        workers: { type: 'string' },
      },
      allowPositionals: true,
    });
    const [command = 'serve', ...others] = positionals;
    if (command !== 'serve' || others.length > 0)
      throw new Error(`Unknown command: ${positionals.join(' ')}`);
    return {
      supergraph: values.supergraph,
      port: readFlag(port, values.port, '--port must be a port number'),
      workers: readFlag(workers, values.workers, '--workers must be a number from 1 to 64'),
    };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}

function readFlag(type: z.ZodType<number>, value: string | undefined, message: string) {
  if (value === undefined) return undefined;
  const { data } = type.safeParse(value);
  if (data === undefined) throw new Error(message);
  return data;
}

const usage = `Usage: npm run hub -- [serve] [--supergraph FILE] [--port N] [--workers N]

  serve               serves GraphQL (the default command)
  --supergraph FILE   serves this supergraph SDL, with its routing URLs, instead of the network’s
  --port N            the port, instead of HUB_PORT or the network file’s port
  --workers N         the number of worker processes, instead of HUB_WORKERS`;
