import { parseArgs } from 'node:util';
import { UsageError } from '../config.js';
import { defaultGraphFolder } from './graph.js';

/** The guarantees that can be left out of the hub, to measure their cost. */
const guarantees = ['identity', 'signatures', 'rate', 'limits', 'metrics', 'contracts'] as const;

export interface BenchOptions {
  readonly shapes?: readonly string[];
  readonly only?: readonly string[];
  /** Variants of the hub that lack one guarantee each. */
  readonly without: readonly string[];
  /** Variants of the hub whose clients accept a compression. */
  readonly encodings: readonly string[];
  /** Another `dist` of the hub, measured beside this one. */
  readonly against?: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly connections: number;
  /** Repeats one request. Systems with in-flight deduplication gain from it. */
  readonly isSame: boolean;
  readonly graphFolder: string;
  readonly isJson: boolean;
  readonly isProfiled: boolean;
}

export const usage = `Usage: npm run bench -- [options]

  --quick            fewer and shorter rounds: about two minutes
  --shape A,B        of small, medium, large (default: all)
  --only A,B         of hub, plain, hive, hive-rust, grafbase, graphql-js, relay, bare (default: all)
  --costs            the hub alone, and without each of its guarantees in turn: ${guarantees.join(', ')}
  --without A,B      the hub without these guarantees too, each in turn
  --encodings A,B    the hub too, with clients that accept br, gzip or zstd
  --against DIST     another build of the hub beside this one
  --rounds N         rounds in which each system has its turn (5)
  --seconds N        how long a turn is (5)
  --connections N    requests at a time (16)
  --same             one request again and again, instead of different ones
  --graph FOLDER     other subgraphs, operations and sizes: see gateway/bench/README.md
  --profile          profiles the hub, and prints where its time goes
  --json             the numbers of every round instead of tables`;

const list = (text: string | undefined): string[] | undefined =>
  text?.split(',').map((word) => word.trim());

function readNumber(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!(value > 0)) throw new UsageError(`--${name} must be a number above 0\n\n${usage}`);
  return value;
}

/** @throws UsageError */
export function readOptions(argv: readonly string[]): BenchOptions {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        quick: { type: 'boolean', default: false },
        shape: { type: 'string' },
        only: { type: 'string' },
        costs: { type: 'boolean', default: false },
        without: { type: 'string' },
        encodings: { type: 'string' },
        against: { type: 'string' },
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        connections: { type: 'string' },
        same: { type: 'boolean', default: false },
        graph: { type: 'string' },
        profile: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
  const { quick, costs, profile } = values;
  return {
    shapes: list(values.shape),
    only: list(values.only) ?? (costs || profile ? ['hub'] : undefined),
    without: list(values.without) ?? (costs ? guarantees : []),
    encodings: list(values.encodings) ?? [],
    against: values.against,
    rounds: readNumber('rounds', values.rounds, quick ? 3 : 5),
    seconds: readNumber('seconds', values.seconds, quick ? 1 : 5),
    warmUpSeconds: quick ? 2 : 3,
    connections: readNumber('connections', values.connections, 16),
    isSame: values.same,
    graphFolder: values.graph ?? defaultGraphFolder,
    isJson: values.json,
    isProfiled: profile,
  };
}
