import { parseArgs } from 'node:util';
import { UsageError } from '../config.js';
import { partnerFetches, type PartnerFetch } from './partner-fetches.js';

export interface PartnerBenchOptions {
  readonly fetches: readonly PartnerFetch[];
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  /** The partner’s `UV_THREADPOOL_SIZE`. @default Node’s own */
  readonly threads?: number;
  /** Another clone, whose partner is measured beside this one’s. */
  readonly against?: string;
  readonly isProfiled: boolean;
}

export const usage = `Usage: npm run bench:partner -- [options]

  --quick            fewer and shorter rounds
  --fetch A,B        of ${partnerFetches.map(({ name }) => name).join(', ')} (default: all)
  --rounds N         rounds in which each server has its turn (7)
  --seconds N        how long a turn is (2)
  --connections N    requests at a time (16)
  --threads N        the partner’s UV_THREADPOOL_SIZE (Node’s own: 4)
  --against FOLDER   another clone’s partner, built, beside this one
  --profile          profiles the partner, and prints where its time goes`;

/** @throws UsageError */
export function readPartnerOptions(argv: readonly string[]): PartnerBenchOptions {
  try {
    return readFlags(argv);
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}

function readFlags(argv: readonly string[]): PartnerBenchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      quick: { type: 'boolean', default: false },
      fetch: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      connections: { type: 'string' },
      threads: { type: 'string' },
      against: { type: 'string' },
      profile: { type: 'boolean', default: false },
    },
  });
  const { quick } = values;
  return {
    fetches: values.fetch === undefined ? partnerFetches : values.fetch.split(',').map(findFetch),
    rounds: readNumber('rounds', values.rounds) ?? (quick ? 3 : 7),
    seconds: readNumber('seconds', values.seconds) ?? (quick ? 1 : 2),
    connections: readNumber('connections', values.connections) ?? 16,
    threads: readNumber('threads', values.threads),
    against: values.against,
    isProfiled: values.profile,
  };
}

function findFetch(wanted: string): PartnerFetch {
  const found = partnerFetches.find(({ name }) => name === wanted.trim());
  if (!found) throw new Error(`--fetch: there is none called ${wanted}`);
  return found;
}

function readNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} is no number above 0`);
  return value;
}
