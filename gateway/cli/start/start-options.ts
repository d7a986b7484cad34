import { parseArgs } from 'node:util';
import { UsageError } from '../../config.js';
import type { Network } from '../../registry/network.js';
import { readWorkers } from '../../settings/command-line.js';

export interface StartOptions {
  /**
   * The codes of the partners that are not started. They stay in the network and are unavailable.
   */
  readonly without: readonly string[];
  /** Whether the invented demonstration is left out. */
  readonly factsOnly: boolean;
  /** Whether partners accept their databases as they are: new, older, or changed by hand. */
  readonly newDatabase: boolean;
  /** The number of worker processes of the hub. @default `HUB_WORKERS` */
  readonly workers: number | undefined;
}

const usageOf = (codes: readonly string[]): string =>
  `Usage: npm start -- [--without CODE,CODE…] [--facts-only] [--new-database] [--workers N] [--port-base N]

  --without      does not start these partners: ${codes.join(', ')}
  --facts-only   does not load the invented demonstration
  --new-database accepts the partners’ databases as they are: new, older, or changed by hand
  --workers N    the number of worker processes of the hub, instead of HUB_WORKERS
  --port-base N  the hub’s port. The ports of the partners keep their distance from it`;

/** @throws {@link UsageError} for an unknown flag or partner */
export function readStartOptions(argv: readonly string[], { partners }: Network): StartOptions {
  const codes = partners.map(({ code }) => code);
  const refuse = (message: string) => new UsageError(`${message}\n\n${usageOf(codes)}`);
  let values;
  let workers;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        without: { type: 'string', multiple: true, default: [] },
        'facts-only': { type: 'boolean', default: false },
        'new-database': { type: 'boolean', default: false },
        workers: { type: 'string' },
        // `start-ports.mjs` has moved the network.
        'port-base': { type: 'string' },
      },
    }));
    workers = readWorkers(values.workers);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const without = values.without
    .flatMap((list) => list.split(','))
    .map((code) => code.trim())
    .filter((code) => code !== '');
  const unknown = without.filter((code) => !codes.includes(code));
  if (unknown.length > 0) throw refuse(`--without: no partner has the code ${unknown.join(', ')}.`);
  return {
    without,
    factsOnly: values['facts-only'],
    newDatabase: values['new-database'],
    workers,
  };
}
