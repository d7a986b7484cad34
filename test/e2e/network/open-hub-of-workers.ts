import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { runCommand } from './running-command.js';

/** Whoever waits longer has been forgotten. */
const longestResponseMs = 30_000;

/** A supergraph with this one field. */
export function compose(field: string): string {
  const typeDefs = parse(`type Query { ${field}: String }`);
  const { supergraphSdl, errors } = composeServices([
    { name: 'a', url: 'http://127.0.0.1:9/graphql', typeDefs },
  ]);
  if (!supergraphSdl) throw new Error(String(errors));
  return supergraphSdl;
}

const bothReady = /"url":"([^"]+)","workers":2,"msg":"ready"/;

/** A hub of two workers over a supergraph with one field, whose file can be changed. */
export async function openHubOfWorkers(
  environment: Readonly<Record<string, string>> = {},
  /** Called with the workers that run, again and again until the hub is ready. @default nothing */
  whileStarting?: (workers: readonly number[]) => void,
) {
  const folder = await mkdtemp(join(tmpdir(), 'hub-workers-'));
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, compose('before'));
  const command = runCommand(
    'gateway/dist/main.js',
    ['serve', '--supergraph', file, '--port', '0', '--workers', '2'],
    environment,
  );
  const looking = setInterval(() => whileStarting?.(childrenOf(command.pid)), 20);
  const ready = whileStarting ? /"url":"([^"]+)","workers":\d,"msg":"ready"/ : bothReady;
  const [, url = ''] = await command.until(ready).finally(() => clearInterval(looking));
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  /** The status, and the names of the fields that may be asked. */
  const ask = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ query: '{ __type(name: "Query") { fields { name } } }' });
      const headers = { 'content-type': 'application/json' };
      const read = async (response: IncomingMessage) => {
        const { data } = (await json(response)) as {
          data?: { __type: { fields: { name: string }[] } };
        };
        const names = data?.__type.fields.map(({ name }) => name) ?? [];
        return [response.statusCode, ...names].join(' ');
      };
      const asking = request(url, { method: 'POST', agent, headers }, (response) =>
        read(response).then(resolve, reject),
      );
      asking
        .setTimeout(longestResponseMs, () => asking.destroy(new Error('no answer')))
        .once('error', reject)
        .end(body);
    });
  return {
    command,
    url,
    ask,
    change: (sdl: string) => writeFile(file, sdl),
    workers: () => childrenOf(command.pid),
    /** Asks without a pause, on four connections, until the work is done. What was answered, each once. */
    async askDuring(work: Promise<unknown>): Promise<string[]> {
      const answers = new Set<string>();
      let isOver = false;
      const stopped = work.finally(() => (isOver = true));
      const askOn = async () => {
        while (!isOver) answers.add(await ask().catch((error: Error) => error.message));
      };
      await Promise.all([stopped, ...[1, 2, 3, 4].map(askOn)]);
      return [...answers];
    },
    async [Symbol.asyncDispose]() {
      agent.destroy();
      await command[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const childrenOf = (pid: number): number[] =>
  spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(Boolean)
    .map(Number);
