import { readFileSync } from 'node:fs';
import type { CpuProfile } from './profile.js';

/** A kind of work, and its part of the time in which a process was not idle. */
export interface Work {
  readonly work: string;
  readonly share: number;
}

/**
 * By the path of a function. The first match counts. Without a match, it belongs to its caller’s
 * kind.
 */
const kinds: readonly (readonly [string, RegExp])[] = [
  ['disclosure record', /shared\/dist\/disclosure\//],
  [
    'signatures, identity',
    /shared\/dist\/(identity\/|partner\/(authenticate|partner-identity))|gateway\/dist\/security\/(authenticate|sign)|node_modules\/jose\/|node:internal\/crypto|node:crypto/,
  ],
  ['policies', /shared\/dist\/policy\/|\.policy\.js|dist\/access\/|-facts\.js/],
  ['database', /shared\/dist\/database\/|node_modules\/(typeorm|sqlite3|dataloader|pg)\//],
  [
    'limits, admission',
    /shared\/dist\/(limits\/|graphql\/operation-gate)|gateway\/dist\/security\//,
  ],
  [
    'execution',
    /node_modules\/(graphql|type-graphql|@apollo\/subgraph|@graphql-tools)\/|\.resolver\.js/,
  ],
  ['plan, completion', /gateway\/dist\/execution\//],
  ['gather, parse, project', /gateway\/dist\/(routing|partners)\//],
  ['asking the hub', /ask-hub\.js/],
  [
    'HTTP',
    /node:(_?http|net|internal\/(http|stream|timers|js_stream|url)|_?stream|internal_binding|events|buffer|internal\/process|internal\/async|internal\/dtrace|querystring|url|internal\/webstreams)|node_modules\/(fastify|@fastify|undici|find-my-way|light-my-request|avvio|pino|secure-json-parse|fast-)|shared\/dist\/http\//,
  ],
  ['server', /shared\/dist\/(graphql|partner|context)\/|node_modules\/@apollo\/server/],
];

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
}

function workOf({ functionName, url }: CallFrame): string | undefined {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(program)') return 'native, outside of functions';
  return kinds.find(([, form]) => form.test(url))?.[0];
}

/**
 * The time of several processes by kind of work.
 * @param since in microseconds, on the clock of `process.hrtime`, because the start is not measured
 */
export function shareByWork(files: readonly string[], since: number): Work[] {
  const times = new Map<string, number>();
  let total = 0;
  for (const file of files) {
    const { nodes, samples, timeDeltas, startTime } = JSON.parse(
      readFileSync(file, 'utf8'),
    ) as CpuProfile;
    const works = new Map<number, string>();
    const idle = new Set<number>();
    const all = new Map(nodes.map((node) => [node.id, node]));
    const walk = (id: number, inherited: string): void => {
      const node = all.get(id);
      if (!node) return;
      if (node.callFrame.functionName === '(idle)') idle.add(id);
      const work =
        inherited === 'disclosure record' ? inherited : (workOf(node.callFrame) ?? inherited);
      works.set(id, work);
      for (const child of node.children ?? []) walk(child, work);
    };
    if (nodes[0]) walk(nodes[0].id, 'other');
    let now = startTime;
    for (const [index, id] of samples.entries()) {
      const time = timeDeltas[index] ?? 0;
      now += time;
      if (idle.has(id) || now < since) continue;
      const work = works.get(id) ?? 'other';
      times.set(work, (times.get(work) ?? 0) + time);
      total += time;
    }
  }
  return [...times]
    .map(([work, time]) => ({ work, share: time / total }))
    .toSorted((a, b) => b.share - a.share);
}
