import { readFileSync } from 'node:fs';
import type { Started } from './processes.js';
import type { ProfileOrder } from './profile-self.js';

export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly children?: readonly number[];
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  /** In microseconds, on the clock of `process.hrtime`. */
  readonly startTime: number;
}

const shown = 40;

/** Begins or ends the profile of one of the bench’s hubs. */
export function orderProfile({ child }: Started, order: ProfileOrder): Promise<void> {
  return new Promise((resolve) => {
    child.once('message', () => resolve());
    child.send(order);
  });
}

/** A process’s time by package and by function, as parts of the time in which it was not idle. */
export function summariseProfile(file: string): string {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile;
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const byPlace = new Map<string, number>();
  const byPackage = new Map<string, number>();
  let total = 0;
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id);
    if (!frame || isApart(frame)) continue;
    const { functionName, url, lineNumber } = frame;
    const short = shorten(url);
    const time = timeDeltas[index] ?? 0;
    const place = `${functionName || '(anonymous)'} ${short && `${short}:${lineNumber + 1}`}`;
    byPlace.set(place, (byPlace.get(place) ?? 0) + time);
    const owner = packageOf(functionName, short);
    byPackage.set(owner, (byPackage.get(owner) ?? 0) + time);
    total += time;
  }
  const top = (of: ReadonlyMap<string, number>, length: number) =>
    [...of]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, length)
      .map(([name, time]) => `${((time / total) * 100).toFixed(1).padStart(5)} %  ${name}`)
      .join('\n');
  return `by package\n${top(byPackage, 30)}\n\nby function, self time\n${top(byPlace, shown)}`;
}

/** Idle time, and work of the profiler itself: `dispatch` executes the inspector’s orders. */
const isApart = ({ functionName, url }: CpuProfile['nodes'][number]['callFrame']): boolean =>
  ['(idle)', '(root)', 'dispatch'].includes(functionName) && url === '';

/** The path from the last `node_modules`, or from the folder of the clone. */
function shorten(url: string): string {
  const installed = url.lastIndexOf('/node_modules/');
  if (installed >= 0) return url.slice(installed + 1);
  return url.replace(/^.*?\/(?=(gateway|shared|subgraphs)\/)/, '');
}

function packageOf(functionName: string, url: string): string {
  const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (found) return found;
  if (url.startsWith('node:')) return url;
  const folder = /^(?:gateway|shared|subgraphs)\/.*(?=\/)/.exec(url)?.[0];
  return folder ?? (functionName.startsWith('(') ? functionName : 'native');
}
