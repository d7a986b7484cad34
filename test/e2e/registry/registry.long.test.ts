import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createOwnNetwork } from '../network/own-network.js';
import { cloneFolder } from '../network/running-command.js';

const file = join(cloneFolder, 'gateway', 'dist', 'process', 'run-registry.js');

/** Starts the registry’s process as a hub does. */
function startRegistry(environment: Readonly<Record<string, string>>) {
  const child = fork(file, [], {
    execArgv: [],
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk));
  return {
    printed: () => printed,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** A hub in the place of the real one: it starts the registry’s process, and prints its id. */
const hub = `const child = require('node:child_process').fork(${JSON.stringify(file)}, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
process.stdout.write(child.pid + '\\n');
setInterval(() => undefined, 1000);`;

async function firstLine(child: ChildProcess): Promise<string> {
  const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
  return chunk.toString().trim();
}

describe('the registry’s process', () => {
  it.runIf(process.platform === 'linux')(
    'ends with its hub, whenever that is killed',
    { timeout: 120_000 },
    async () => {
      await using network = await createOwnNetwork();
      const pids = await Promise.all(
        [0, 50, 150, 400, 1_500].map(async (ms) => {
          const parent = spawn(process.execPath, ['-e', hub], {
            env: { ...process.env, ...network.environment },
          });
          const pid = await firstLine(parent);
          await wait(ms);
          parent.kill('SIGKILL');
          await text(parent.stdout!);
          return pid;
        }),
      );
      const running = () => pids.filter((pid) => existsSync(`/proc/${pid}`));
      await expect.poll(running, { timeout: 60_000 }).toEqual([]);
    },
  );

  it(
    'writes nothing while another one writes the same folder, and then takes its place',
    { timeout: 120_000 },
    async () => {
      await using network = await createOwnNetwork();
      const refused = /another hub writes the registry’s folder/;
      const written = /a release is written/;
      const taken = /this hub writes the registry’s folder now/;
      await using first = startRegistry(network.environment);
      await expect.poll(first.printed, { timeout: 60_000 }).toMatch(written);
      await using second = startRegistry(network.environment);
      await expect.poll(second.printed, { timeout: 60_000 }).toMatch(refused);
      await wait(3_000);
      expect(second.printed()).not.toMatch(written);
      expect(first.printed()).not.toMatch(refused);
      await first[Symbol.asyncDispose]();
      await expect.poll(second.printed, { timeout: 60_000 }).toMatch(taken);
    },
  );
});
