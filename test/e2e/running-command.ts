import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the clone, from the sources. */
export const cloneFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A command as a user runs it, in a process of its own. It is ended when it is disposed of. */
export interface RunningCommand extends AsyncDisposable {
  readonly pid: number;
  /** What it has written so far. */
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  /** Resolves with the first match in its output. Rejects when it ends without. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

type Variables = Readonly<Record<string, string>>;

/** Runs `node <file> <args>` in the root of the clone. */
export const runCommand = (
  file: string,
  args: readonly string[],
  environment: Variables = {},
): RunningCommand => run(process.execPath, [join(cloneFolder, file), ...args], environment);

/** Runs `npm <args>` in the root of the clone. */
export const runNpm = (args: readonly string[], environment: Variables = {}): RunningCommand =>
  run('npm', args, environment);

function run(program: string, args: readonly string[], environment: Variables): RunningCommand {
  const child = spawn(program, args, {
    cwd: cloneFolder,
    // Nothing of the test run, which sets NODE_ENV and more.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      written[stream] += text;
      for (const listener of listeners) listener();
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
    until(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(written.stdout) ?? pattern.exec(written.stderr);
          if (match) resolve(match);
        };
        listeners.add(look);
        look();
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
