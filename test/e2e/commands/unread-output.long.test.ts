import { ensureKeyFiles, hubIssuer, keyFilesOf } from '@hub/shared/identity';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, vi } from 'vitest';
import { compose } from '../network/open-hub-of-workers.js';
import { findFreePorts } from '../network/own-network.js';
import { cloneFolder } from '../network/running-command.js';

const requests = 2_000;
const clients = 8;
/** An orderly end has ten seconds. */
const endMs = 10_000;

/** A server as a process of its own, whose output goes into a pipe that nobody reads. */
async function startUnread(file: string, args: readonly string[], port: number, environment = {}) {
  const child = spawn(process.execPath, [join(cloneFolder, file), ...args], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'info', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? code)),
  );
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(async () => expect((await fetch(`${url}/health/ready`)).status).toBe(200), {
    timeout: 20_000,
    interval: 100,
  });
  const ask = async () => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
  };
  return {
    child,
    async askMany() {
      let left = requests;
      const askOn = async () => {
        while (left-- > 0) await ask();
      };
      await Promise.all(Array.from({ length: clients }, askOn));
    },
    /** How it ends when it is told to. */
    async stop(): Promise<unknown> {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), endMs);
      const how = await ended;
      clearTimeout(timer);
      return how;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function openFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'hub-unread-'));
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function startHub(folder: string) {
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, compose('a'));
  const [port = 0] = await findFreePorts(1);
  const args = ['serve', '--supergraph', file, '--port', String(port)];
  return startUnread('gateway/dist/main.js', args, port);
}

async function startPartner(folder: string) {
  for (const code of [hubIssuer, 'nbnp']) await ensureKeyFiles(folder, code);
  const [port = 0] = await findFreePorts(1);
  return startUnread('subgraphs/nbnp/dist/main.js', [], port, {
    PORT: String(port),
    DATABASE_URL: `sqlite:${join(folder, 'nbnp.sqlite')}`,
    HUB_NEW_DATABASE: 'true',
    HUB_PRIVATE_KEYS: keyFilesOf(folder, 'nbnp').private,
    HUB_KEYS: keyFilesOf(folder, hubIssuer).public,
  });
}

const servers = [
  { name: 'a hub', start: startHub },
  { name: 'a partner', start: startPartner },
];

describe.each(servers)('the unread standard output of $name', ({ start }) => {
  it('stops no response, and no orderly end', async () => {
    await using place = await openFolder();
    await using server = await start(place.folder);
    await server.askMany();
    expect(await server.stop()).toBe(0);
  });

  it('is no loss for whoever reads late: all lines come', async () => {
    await using place = await openFolder();
    await using server = await start(place.folder);
    await server.askMany();
    const output = text(server.child.stdout);
    expect(await server.stop()).toBe(0);
    const lines = (await output).trimEnd().split('\n');
    expect(lines.filter((line) => line.includes('/graphql'))).not.toHaveLength(0);
    expect(lines.length).toBeGreaterThanOrEqual(requests);
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  it('stops nobody when it is closed', async () => {
    await using place = await openFolder();
    await using server = await start(place.folder);
    server.child.stdout.destroy();
    await server.askMany();
    expect(await server.stop()).toBe(0);
  });
});
