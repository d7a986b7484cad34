import { startPostgres } from '@hub/shared/testing';
import { loadavg } from 'node:os';
import { quantile } from '../table.js';
import { startNetwork, type NetworkBed } from './bed.js';
import { readDashboards } from './dashboards.js';
import { compareResponses, NetworkLoad, type NetworkTurn } from './load.js';
import type { NetworkOperation } from './operations.js';

/** How many clients ask at a time. */
const clientCounts = [1, 16, 64] as const;
/** Requests before the first turn of a dashboard. */
const warmUpRequests = 200;

interface Column {
  readonly label: string;
  readonly clients: number;
  /** By the name of the dashboard. */
  readonly turns: ReadonlyMap<string, NetworkTurn>;
}

/** Measures each dashboard over both kinds of network, and prints one table. */
export async function measureDashboards(
  { seconds }: { readonly seconds: number },
  say: (line: string) => void,
  tell: (line: string) => void,
): Promise<void> {
  const dashboards = readDashboards();
  const columns: Column[] = [];
  const measure = async (starting: Promise<NetworkBed>) => {
    const load = new NetworkLoad(await starting, Math.max(...clientCounts));
    columns.push(...(await measureOne(load, dashboards, seconds, tell)));
    await load.close();
  };
  tell('Starting the network of one process, with SQLite.');
  await measure(startNetwork({ label: 'SQLite' }));
  await using database = await startPostgres();
  tell('Starting ten partners, with PostgreSQL.');
  await measure(startNetwork({ label: 'PostgreSQL', database }));
  say(formatDashboards(dashboards, columns));
  say(
    `\nThe load of this machine was ${loadavg()
      .map((one) => one.toFixed(1))
      .join(', ')}.`,
  );
}

async function measureOne(
  load: NetworkLoad,
  dashboards: readonly NetworkOperation[],
  seconds: number,
  tell: (line: string) => void,
): Promise<Column[]> {
  for (const one of dashboards) {
    await compareResponses(one, [load]);
    await load.run(one, { seconds: 0, least: warmUpRequests, clients: 16 });
  }
  const columns: Column[] = [];
  for (const clients of clientCounts) {
    tell(`${load.bed.label}: ${clients} clients.`);
    const turns = new Map<string, NetworkTurn>();
    for (const one of dashboards) turns.set(one.name, await load.run(one, { seconds, clients }));
    columns.push({ label: load.bed.label, clients, turns });
  }
  return columns;
}

const show = (value: number): string => value.toFixed(value < 10 ? 1 : 0);

/** A table in Markdown: p50 and p99 in ms, and the mean CPU of a response by who used it. */
function formatDashboards(
  dashboards: readonly NetworkOperation[],
  columns: readonly Column[],
): string {
  const row = (name: string, cell: (column: Column) => string) =>
    `| ${[name, ...columns.map(cell)].join(' | ')} |`;
  const mean = (read: (turn: NetworkTurn) => number) => (column: Column) => {
    const all = [...column.turns.values()].map(read);
    return show(all.reduce((sum, one) => sum + one, 0) / all.length);
  };
  return [
    row('p50, p99 (ms)', ({ label, clients }) => `${label}, ${clients}`),
    row('---', () => '---'),
    ...dashboards.map(({ name }) =>
      row(`\`${name}\``, ({ turns }) => {
        const { times = [] } = turns.get(name) ?? {};
        return `${show(quantile(times, 0.5))}, ${show(quantile(times, 0.99))}`;
      }),
    ),
    row('refused as `OVERLOADED`', ({ turns }) => {
      const all = [...turns.values()];
      const refused = all.reduce((sum, turn) => sum + turn.refused, 0);
      const sent = all.reduce((sum, turn) => sum + turn.refused + turn.times.length, 0);
      return `${show((100 * refused) / sent)} %`;
    }),
    row(
      'responses a second, mean',
      mean(({ rate }) => rate),
    ),
    row(
      'CPU of a response (ms): hub',
      mean(({ hub }) => hub),
    ),
    row(
      'partners',
      mean(({ partners }) => partners),
    ),
    row(
      'database server',
      mean(({ database }) => database),
    ),
  ].join('\n');
}
