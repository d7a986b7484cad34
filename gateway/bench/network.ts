import { mkdtempSync, readdirSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNetwork } from './network/bed.js';
import { compareResponses, NetworkLoad, type NetworkTurn } from './network/load.js';
import type { NetworkOperation } from './network/operations.js';
import { shareByWork, type Work } from './profile-work.js';
import { median } from './table.js';

export interface NetworkBenchOptions {
  readonly operations: readonly NetworkOperation[];
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly against?: string | undefined;
  readonly isProfiled: boolean;
}

/** Before this many requests, Node compiles and optimises for longer than it responds. */
const warmUpRequests = 1_500;

/** @returns when the warm-up ended */
async function measure(
  operation: NetworkOperation,
  loads: readonly NetworkLoad[],
  { rounds, seconds }: NetworkBenchOptions,
  say: (line: string) => void,
): Promise<number> {
  await compareResponses(operation, loads);
  for (const load of loads) await load.run(operation, { seconds, least: warmUpRequests });
  const since = Number(process.hrtime.bigint() / 1_000n);
  const turns = loads.map((): NetworkTurn[] => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [place, load] of loads.entries())
      turns[place]?.push(await load.run(operation, { seconds }));
  const base = turns.at(-1) ?? [];
  const total = (turn: NetworkTurn | undefined) => (turn ? turn.hub + turn.partners : NaN);
  say(`\n${operation.name}: ${operation.about}`);
  for (const [place, { bed }] of loads.entries()) {
    const own = turns[place] ?? [];
    const of = (read: (turn: NetworkTurn) => number) =>
      median(own.map(read)).toFixed(2).padStart(6);
    const ratio = median(own.map((turn, round) => total(turn) / total(base[round])));
    say(
      `  ${bed.label.padEnd(8)} ${of(total)} ms CPU: hub ${of(({ hub }) => hub)}, partners ${of(({ partners }) => partners)}  ${ratio.toFixed(2)} × ${loads.at(-1)?.bed.label}  ${of(({ rate }) => rate)} a second`,
    );
  }
  return since;
}

/** Measures whole operations through the hub, over all ten partners. */
export async function runNetworkBench(
  options: NetworkBenchOptions,
  say: (line: string) => void,
  tell: (line: string) => void,
): Promise<void> {
  const { operations, connections, against, isProfiled } = options;
  say(
    `Node ${process.version}, ${availableParallelism()} cores, ${connections} requests at a time`,
  );
  for (const some of isProfiled ? operations.map((one) => [one]) : [operations]) {
    tell('Starting the network.');
    const profileFolder = isProfiled ? mkdtempSync(join(tmpdir(), 'hub-profile-')) : undefined;
    const beds = [
      await startNetwork({ label: 'network', profileFolder }),
      ...(against ? [await startNetwork({ label: 'against', dist: against })] : []),
    ];
    const loads = beds.map((bed) => new NetworkLoad(bed, connections));
    let since = 0;
    for (const operation of some) since = await measure(operation, loads, options, say);
    await Promise.all(loads.map((load) => load.close()));
    if (profileFolder) say(describeProfiles(profileFolder, since));
  }
}

function describeProfiles(folder: string, since: number): string {
  return ['hub', 'partners']
    .map((name) => {
      const files = readdirSync(join(folder, name)).map((file) => join(folder, name, file));
      const shares: readonly Work[] = shareByWork(files, since);
      const lines = shares.map(
        ({ work, share }) => `  ${(share * 100).toFixed(1).padStart(5)} %  ${work}`,
      );
      return `${name} (${files.join(' ')})\n${lines.join('\n')}`;
    })
    .join('\n');
}
