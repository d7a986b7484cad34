import { ensureKeyFiles } from '@hub/shared/identity';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cloneFolder } from './running-command.js';

const folder = join(cloneFolder, 'test', 'e2e', 'other-language', 'shelters');

/** The schema that the partner publishes. */
export const sheltersSchema = join(folder, 'shelters.graphql');

/** A partner’s server that is written in Python, without the kit. */
export interface Shelters extends AsyncDisposable {
  readonly code: string;
  readonly url: string;
  /** Ends the server, and resolves with its exit code. */
  stop(): Promise<number | null>;
}

/**
 * @param keys the folder of its keys, which are made if they are missing
 * @param hubKeys the file of the hub’s public keys. @default in the same folder
 */
export async function runShelters(
  keys: string,
  { hubKeys = join(keys, 'hub.public.json') } = {},
): Promise<Shelters> {
  const code = 'shelters';
  await ensureKeyFiles(keys, code);
  const flags = ['--code', code, '--port', '0', '--keys', keys, '--hub-keys', hubKeys];
  const child = spawn('python3', [join(folder, 'server.py'), ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(([exitCode]) => exitCode as number | null);
  const said = createInterface({ input: child.stdout });
  const port = await Promise.race([
    once(said, 'line').then(([line]) => /^listening on (\d+)$/.exec(String(line))?.[1]),
    ended.then((exitCode) => {
      throw new Error(`The server ended with ${exitCode}.`);
    }),
  ]);
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return {
    code,
    url: `http://127.0.0.1:${port}/graphql`,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}
