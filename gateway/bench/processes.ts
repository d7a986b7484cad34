import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** The message of one of the bench’s own servers when it is ready. */
export type Ready = Readonly<Record<string, string>>;

const canPin =
  process.platform === 'linux' && availableParallelism() > 1 && existsSync('/usr/bin/taskset');
/** The measured process has its own core. Partners and load share the next one. */
export const cores = { gateway: 0, others: 1 } as const;
export const arePinned = canPin;

export interface StartOptions {
  /** @default any: its threads may share them all */
  readonly core?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

/** A process of the bench, and its output for error messages. */
export interface Started {
  readonly child: ChildProcess;
  readonly printed: () => string;
}

export function startProcess(
  program: string,
  args: readonly string[],
  { core, environment = {}, folder }: StartOptions,
): Started {
  const [command, ...rest] =
    canPin && core !== undefined
      ? ['taskset', '-c', String(core), program, ...args]
      : [program, ...args];
  const child = spawn(command ?? program, rest, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '', ...environment },
  });
  // Processes that are not ours get no message when the bench is stopped.
  const stop = () => void child.kill('SIGKILL');
  process.once('exit', stop);
  child.once('exit', () => process.off('exit', stop));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
  }
  child.on('error', (error) => (output += String(error)));
  return { child, printed: () => output };
}

/** Waits until a server reports its URL. */
export function whenReady({ child, printed }: Started): Promise<Ready> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Ready));
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${printed()}`)));
  });
}

/** Waits for a server that reports nothing, until it responds to the smallest request. */
export async function whenResponding(
  { child, printed }: Started,
  url: string,
  ms: number,
): Promise<void> {
  const smallest = {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: '{"query":"{ __typename }"}',
  };
  const until = Date.now() + ms;
  const isThere = async () => (await (await fetch(url, smallest)).text()).includes('"data"');
  while (!(await isThere().catch(() => false))) {
    if (child.exitCode !== null || Date.now() > until)
      throw new Error(`does not respond: ${printed()}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export async function stopProcess({ child }: Started): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(timer);
}

/** The CPU time and memory of a process and its children. */
export interface Usage {
  readonly cpuMs: number;
  readonly peakBytes: number;
}

/** Ticks of a core a second, in `/proc`: 100 on every Linux that Node runs on. */
const tickMs = 10;

/** @returns undefined without `/proc` */
export function readUsage(pid: number | undefined): Usage | undefined {
  if (pid === undefined || !existsSync(`/proc/${pid}/stat`)) return undefined;
  const usage = [pid, ...descendantsOf(pid)].map(readOne);
  return {
    cpuMs: usage.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    peakBytes: usage.reduce((sum, { peakBytes }) => sum + peakBytes, 0),
  };
}

/** Resets the peak of memory, if the system allows that. */
export function forgetPeak(pid: number | undefined): void {
  if (pid === undefined || !existsSync(`/proc/${pid}/clear_refs`)) return;
  for (const one of [pid, ...descendantsOf(pid)]) {
    try {
      writeFileSync(`/proc/${one}/clear_refs`, '5');
    } catch {
      // Not allowed, or gone: then the peak is that since its start.
    }
  }
}

function readOne(pid: number): Usage {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may contain spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return {
      // Its own time, and that of its children that have ended.
      cpuMs: [11, 12, 13, 14].reduce((sum, place) => sum + Number(fields[place]) * tickMs, 0),
      peakBytes: Number(peak ?? 0) * 1_024,
    };
  } catch {
    // The process has ended meanwhile.
    return { cpuMs: 0, peakBytes: 0 };
  }
}

function descendantsOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => {
    try {
      return readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ');
    } catch {
      return [];
    }
  });
  const pids = children.filter((child) => child !== '').map(Number);
  return [
    ...pids,
    ...pids.flatMap((child) => (existsSync(`/proc/${child}`) ? descendantsOf(child) : [])),
  ];
}
