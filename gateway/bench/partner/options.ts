import { parseArgs } from 'node:util';
import { UsageError } from '../../config.js';
import { networkOperations, type NetworkOperation } from '../network/operations.js';
import { partnerFetches, type PartnerFetch } from './fetches.js';

export interface PartnerBenchOptions {
  readonly fetches: readonly PartnerFetch[];
  /** Whole operations through the hub, instead of fetches from one partner. */
  readonly operations?: readonly NetworkOperation[] | undefined;
  /** The dashboards, instead of operations of one kind each. */
  readonly isOfDashboards: boolean;
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
  --network          whole operations instead, through the hub and over its ten partners, nothing cached
  --operation A,B    of ${networkOperations.map(({ name }) => name).join(', ')} (default: all), with --network
  --dashboards       ten dashboards through the hub, by 1, 16 and 64 clients, over SQLite and PostgreSQL
  --rounds N         rounds in which each server has its turn (7)
  --seconds N        how long a turn is (2)
  --connections N    requests at a time (16)
  --threads N        the partner’s UV_THREADPOOL_SIZE (Node’s own: 4)
  --against FOLDER   another clone’s partner or network, built, beside this one
  --profile          profiles the partner or the network, and prints where its time goes`;

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
      network: { type: 'boolean', default: false },
      dashboards: { type: 'boolean', default: false },
      operation: { type: 'string' },
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
    fetches: find('fetch', values.fetch, partnerFetches),
    operations: values.network ? find('operation', values.operation, networkOperations) : undefined,
    isOfDashboards: values.dashboards,
    rounds: readNumber('rounds', values.rounds) ?? (quick ? 3 : 7),
    seconds: readNumber('seconds', values.seconds) ?? (quick ? 1 : 2),
    connections: readNumber('connections', values.connections) ?? 16,
    threads: readNumber('threads', values.threads),
    against: values.against,
    isProfiled: values.profile,
  };
}

function find<One extends { readonly name: string }>(
  flag: string,
  wanted: string | undefined,
  all: readonly One[],
): readonly One[] {
  return (
    wanted?.split(',').map((name) => {
      const found = all.find((one) => one.name === name.trim());
      if (!found) throw new Error(`--${flag}: unknown name ${name}`);
      return found;
    }) ?? all
  );
}

function readNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0`);
  return value;
}
