import { parseArgs } from 'node:util';
import { readWorkers, UsageError } from '../config.js';
import type { Network } from '../registry/network.js';

export interface StartOptions {
  /** The codes of the partners that are left out: away, but not unknown. */
  readonly without: readonly string[];
  /** Whether the invented demonstration is left out. */
  readonly factsOnly: boolean;
  /** Whether the partners take their databases as they are found: new, older, or changed by hand. */
  readonly newDatabase: boolean;
  /** How many processes answer as the hub. @default what HUB_WORKERS says */
  readonly workers: number | undefined;
}

const usageOf = (codes: readonly string[]): string =>
  `Usage: npm start -- [--without CODE,CODE…] [--facts-only] [--new-database] [--workers N]

  --without      leaves partners out: ${codes.join(', ')}
  --facts-only   leaves the invented demonstration out
  --new-database takes the partners’ databases as they are found: new, older, or changed by hand
  --workers N    how many processes answer as the hub, instead of HUB_WORKERS`;

/** @throws {@link UsageError} for a flag or a partner that is unknown. */
export function readStartOptions(argv: readonly string[], { partners }: Network): StartOptions {
  const codes = partners.map(({ code }) => code);
  const refuse = (fault: string) => new UsageError(`${fault}\n\n${usageOf(codes)}`);
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
  if (unknown.length > 0)
    throw refuse(`--without: nobody in the network is called ${unknown.join(', ')}.`);
  return {
    without,
    factsOnly: values['facts-only'],
    newDatabase: values['new-database'],
    workers,
  };
}
