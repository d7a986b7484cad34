import type { Logger } from '@hub/shared/system';
import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { registrySilentMs, type FromRegistry, type ToRegistry } from './registry-messages.js';
import { createRestarts } from './restarts.js';
import { createWatchdog } from './watchdog.js';

export interface RegistryProcessOptions {
  /** The module that the process runs. */
  readonly file: string;
  readonly logger: Logger;
  readonly onRelease: () => void;
  readonly onChange: () => void;
}

/** The registry’s process, seen from the primary. Its end costs no request. */
export interface RegistryProcess {
  /** Fetches a partner’s manifest soon. */
  refresh(partner: string): void;
  /** Starts again, and reads the files on disk again. */
  restart(): void;
  end(): Promise<void>;
}

/** Its work is never half done on disk, so it need not be waited for. */
const endMs = 2_000;

/** Runs the registry in a process of its own, and starts it again if it ends. */
export function startRegistryProcess({
  file,
  logger,
  onRelease,
  onChange,
}: RegistryProcessOptions): RegistryProcess {
  const restarts = createRestarts();
  let child: ChildProcess | undefined;
  let isEnding = false;
  let ended: Promise<void> = Promise.resolve();

  function start(): void {
    const startedAt = performance.now();
    const one = fork(file, process.argv.slice(2));
    child = one;
    const watch = createWatchdog(() => one.kill('SIGKILL'));
    watch.begin(registrySilentMs);
    one.on('message', (message: FromRegistry) => {
      watch.begin(registrySilentMs);
      if ('alive' in message) return;
      if ('release' in message) onRelease();
      else onChange();
    });
    ended = new Promise((resolve) => {
      one.once('error', (error) => {
        logger.error({ reason: error.message }, 'the registry process cannot be started');
        resolve();
      });
      one.once('exit', (code, signal) => {
        resolve();
        watch.end();
        if (isEnding) return;
        const how = signal ?? code;
        if (how === 0) return start();
        logger.error({ pid: one.pid, how }, 'the registry process ended; another takes its place');
        void wait(restarts.delayAfter(performance.now() - startedAt), undefined, {
          ref: false,
        }).then(() => isEnding || start());
      });
    });
  }

  start();
  return {
    refresh(partner) {
      const message: ToRegistry = { refresh: partner };
      if (child?.connected) child.send(message, undefined, {}, () => undefined);
    },
    restart: () => void child?.kill('SIGTERM'),
    async end() {
      isEnding = true;
      child?.kill('SIGTERM');
      const late = setTimeout(() => child?.kill('SIGKILL'), endMs);
      await ended;
      clearTimeout(late);
    },
  };
}
