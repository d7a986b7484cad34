import type { Environment } from '@hub/shared/system';
import { UserError } from '@hub/shared/system';
import { fork } from 'node:child_process';

/** What a child process reports about its servers. */
type ChildMessage =
  | { readonly ready: string; readonly url: string }
  | { readonly failed: string; readonly reason: string };

export interface ChildOptions {
  /** Its name in messages: `the hub`. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly environment: Environment;
  /** Node’s flags. @default none */
  readonly flags?: readonly string[];
  /** The number of servers in it. */
  readonly servers: number;
  readonly onReady?: (server: string, url: string) => void;
  /** Called for a server that cannot start. @default then all fail to start */
  readonly onFailed?: (server: string, reason: string) => void;
}

/** A child process. It ends when this process does, in every case. */
export interface Child {
  /** Tells a process that waits to begin. */
  begin(): void;
  /**
   * The URLs of its servers, once each has started or failed. Rejects if none can start, or one
   * that all depend on.
   */
  readonly ready: Promise<readonly string[]>;
  /** Rejects if the process ends before it was told to. */
  readonly failed: Promise<never>;
  /** Tells it to read the files on disk again. */
  reload(): void;
  /** Tells it to end, and kills it if that takes too long. */
  stop(withinMs: number): Promise<void>;
}

/** A process that does not start, or that ended. The message is for the operator. */
export class StartError extends UserError {
  override readonly name = 'StartError';
}

/** Starts a child process with servers. */
export function startChild(options: ChildOptions): Child {
  const { name, file, args, environment, flags = [], servers, onReady, onFailed } = options;
  // The output of a server is its log. Standard output is for the command itself.
  const child = fork(file, [...args], {
    env: { ...environment },
    stdio: ['ignore', 2, 2, 'ipc'],
    execArgv: [...process.execArgv, ...flags],
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
            `The process of ${name} ended unexpectedly (${how}). The network shuts down with exit code 1.`,
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
          // What follows is known.
          isStopping = true;
          reject(new StartError(`${told.failed} cannot start: ${told.reason}`));
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
  // A rejection must not be reported to a caller who no longer waits.
  ready.catch(() => undefined);
  return {
    // If it has ended meanwhile, `failed` rejects.
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
