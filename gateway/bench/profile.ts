import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const shown = 40;

/** Where the hub’s time went, by function and by package: the shares of the time in which it was not idle. */
export function summariseProfiles(folder: string): string {
  const byPlace = new Map<string, number>();
  const byPackage = new Map<string, number>();
  let total = 0;
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
    const { nodes, samples, timeDeltas } = JSON.parse(
      readFileSync(join(folder, file), 'utf8'),
    ) as CpuProfile;
    const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
    for (const [index, id] of samples.entries()) {
      const frame = frames.get(id);
      if (!frame || ['(idle)', '(program)', '(root)'].includes(frame.functionName)) continue;
      const { functionName, url, lineNumber } = frame;
      const short = url.replace(/^.*\/(node_modules|gateway|shared)\//, '$1/');
      const time = timeDeltas[index] ?? 0;
      const place = `${functionName || '(anonymous)'} ${short ? `${short}:${lineNumber + 1}` : ''}`;
      byPlace.set(place, (byPlace.get(place) ?? 0) + time);
      const owner = packageOf(functionName, short);
      byPackage.set(owner, (byPackage.get(owner) ?? 0) + time);
      total += time;
    }
  }
  const top = (of: ReadonlyMap<string, number>) =>
    [...of]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, shown)
      .map(([name, time]) => `${((time / total) * 100).toFixed(1).padStart(5)} %  ${name}`)
      .join('\n');
  return `by package\n${top(byPackage)}\n\nby function, self time\n${top(byPlace)}`;
}

function packageOf(functionName: string, url: string): string {
  const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (found) return found;
  if (url.startsWith('node:')) return url;
  const folder = /^(?:gateway|shared)\/.*(?=\/)/.exec(url)?.[0];
  return folder ?? (functionName.startsWith('(') ? functionName : 'native');
}
