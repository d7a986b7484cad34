import type { Environment } from '@hub/shared/config';
import { fork } from 'node:child_process';

/** What a started process tells of its servers. */
type ChildMessage =
  | { readonly ready: string; readonly url: string }
  | { readonly failed: string; readonly reason: string };

export interface ChildOptions {
  /** What it is, in words: `the hub`. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly environment: Environment;
  /** Node’s own. @default none */
  readonly flags?: readonly string[];
  /** The servers that it is to have. */
  readonly servers: number;
  readonly onReady?: (server: string, url: string) => void;
  /** Told of a server that cannot start. @default one that cannot keeps all from starting */
  readonly onFailed?: (server: string, reason: string) => void;
}

/** A process of ours. It ends by itself when this one does, however that happens. */
export interface Child {
  /** Tells a process that waits for it to begin. */
  begin(): void;
  /** The addresses of its servers, when all of them answer or cannot. Rejects when none can, or one that all depend on. */
  readonly ready: Promise<readonly string[]>;
  /** Rejects when the process ends before it was told to. */
  readonly failed: Promise<never>;
  /** Tells it to load anew what is on disk. */
  reload(): void;
  /** Asks it to end, and makes it end when that takes too long. */
  stop(withinMs: number): Promise<void>;
}

/** Something that does not start, or that ended, in a sentence for whoever ran the command. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** Starts a process with servers. */
export function startChild(options: ChildOptions): Child {
  const { name, file, args, environment, flags = [], servers, onReady, onFailed } = options;
  // What a server writes is its log; standard output is for what the command itself says.
  const child = fork(file, [...args], {
    env: { ...environment },
    stdio: ['ignore', 2, 2, 'ipc'],
    execArgv: [...flags],
  });
  let isStopping = false;
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const failed = new Promise<never>((_resolve, reject) => {
    void ended.then((how) => {
      if (!isStopping)
        reject(
          new StartError(
            `The process of ${name} ended by itself (${how}): the network ends, with exit code 1.`,
          ),
        );
    });
  });
  const ready = new Promise<readonly string[]>((resolve, reject) => {
    const urls: string[] = [];
    let failures = 0;
    child.on('message', (message) => {
      const told = message as ChildMessage;
      if ('failed' in told) {
        failures += 1;
        onFailed?.(told.failed, told.reason);
        if (!onFailed || failures === servers) {
          reject(new StartError(`${told.failed} does not start: ${told.reason}`));
          return;
        }
      } else {
        urls.push(told.url);
        onReady?.(told.ready, told.url);
      }
      if (urls.length + failures === servers) resolve(urls);
    });
    failed.catch(reject);
  });
  // Whoever stops waiting for them is not to be told later.
  ready.catch(() => undefined);
  return {
    // Where it has ended meanwhile, `failed` says so.
    begin: () => void (child.connected && child.send('begin')),
    ready,
    failed,
    reload: () => void child.kill('SIGHUP'),
    async stop(withinMs) {
      isStopping = true;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
