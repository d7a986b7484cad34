import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the clone, from the sources. */
export const cloneFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** A command as a user runs it, in a process of its own. It is ended when it is disposed of. */
export interface RunningCommand extends AsyncDisposable {
  readonly pid: number;
  /** What it has written so far. */
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  /** Resolves with the first match in its output, or in what it writes from now on. Rejects when it ends without. */
  until(pattern: RegExp, since?: 'start' | 'now'): Promise<RegExpExecArray>;
  readonly ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

/** The hub of a partner whose test has none. */
export const noHubUrl = 'http://127.0.0.1:9/graphql';

/** A match in what is written is at most so long, in characters. */
const longestMatch = 20_000;

/** Those of `test/vitest.config.ts` for short lives. The hub’s processes inherit them. */
const flags = process.execArgv.filter((flag) =>
  /^--(interrupt-budget|invocation-count)/.test(flag),
);

type Variables = Readonly<Record<string, string>>;

/** Runs `node <file> <args>` in the root of the clone, or of a copy of it. */
export const runCommand = (
  file: string,
  args: readonly string[],
  environment: Variables = {},
  folder = cloneFolder,
): RunningCommand =>
  run(process.execPath, [...flags, join(folder, file), ...args], environment, folder);

/** Runs `npm <args>` in the root of the clone, or of a copy of it. */
export const runNpm = (
  args: readonly string[],
  environment: Variables = {},
  folder = cloneFolder,
): RunningCommand => run('npm', args, environment, folder);

function run(
  program: string,
  args: readonly string[],
  environment: Variables,
  cwd = cloneFolder,
): RunningCommand {
  const child = spawn(program, args, {
    cwd,
    // Nothing of the test run, which sets NODE_ENV and more.
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      // Not the default port, where a network of the machine’s owner may run.
      HUB_URL: noHubUrl,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  const streams = ['stdout', 'stderr'] as const;
  for (const stream of streams) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      written[stream] += text;
    });
  }
  // `close` and not `exit`: what it wrote last has arrived then.
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => resolve(code)),
  );
  return {
    pid: child.pid ?? 0,
    output: () => ({ ...written }),
    ended,
    until(pattern, since = 'start') {
      return new Promise((resolve, reject) => {
        for (const stream of streams) {
          let unmatched = '';
          const look = (text: string) => {
            // All of it each time would keep this process from asking, once there is much.
            unmatched = unmatched.slice(-longestMatch) + text;
            const match = pattern.exec(unmatched);
            if (!match) return;
            child[stream].off('data', look);
            resolve(match);
          };
          child[stream].on('data', look);
          if (since === 'start') look(written[stream]);
        }
        void ended.then((code) => {
          reject(
            new Error(`${args.join(' ')} ended with ${code}:\n${written.stdout}${written.stderr}`),
          );
        });
      });
    },
    kill: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
