import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { runCommand } from './running-command.js';

const longMs = 120_000;

function compose(field: string): string {
  const typeDefs = parse(`type Query { ${field}: String }`);
  const { supergraphSdl, errors } = composeServices([
    { name: 'a', url: 'http://127.0.0.1:9/graphql', typeDefs },
  ]);
  if (!supergraphSdl) throw new Error(String(errors));
  return supergraphSdl;
}

/** A hub of two workers over a supergraph with one field, whose file can be changed. */
async function openHub(environment: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'hub-workers-'));
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, compose('before'));
  const command = runCommand(
    'gateway/dist/main.js',
    ['serve', '--supergraph', file, '--port', '0', '--workers', '2'],
    environment,
  );
  const [, url = ''] = await command.until(/"url":"([^"]+)","workers":2,"msg":"ready"/);
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
      request(url, { method: 'POST', agent, headers }, (response) =>
        read(response).then(resolve, reject),
      )
        .once('error', reject)
        .end(body);
    });
  return {
    command,
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
  execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);

describe('hub serve --workers 2', () => {
  it(
    'answers on one port with both, takes a changed supergraph over without failing a request, and keeps that where the next one is none',
    { timeout: longMs },
    async () => {
      await using hub = await openHub();
      const { command } = hub;
      const asked = await hub.askDuring(
        (async () => {
          await hub.change(compose('after'));
          command.kill('SIGHUP');
          await command.until(/"msg":"reloaded"/);
        })(),
      );
      expect(asked.sort()).toEqual(['200 after', '200 before']);
      expect(await hub.ask()).toBe('200 after');
      const answering = new Set(
        [...command.output().stdout.matchAll(/"pid":(\d+),"requestId"/g)].map(([, pid]) => pid),
      );
      expect(answering.size).toBeGreaterThanOrEqual(4);
      await hub.change('nothing that composes');
      command.kill('SIGHUP');
      await command.until(/"reason":"Syntax Error[^\n]*"msg":"not reloaded/);
      expect(await hub.ask()).toBe('200 after');
      command.kill('SIGTERM');
      expect(await command.ended).toBe(0);
    },
  );

  it('replaces a worker that is killed', { timeout: longMs }, async () => {
    await using hub = await openHub();
    const [killed = 0, other = 0] = hub.workers();
    process.kill(killed, 'SIGKILL');
    await hub.command.until(/"msg":"a worker ended; another takes its place"/);
    expect(await hub.ask().catch(() => hub.ask())).toBe('200 before');
    await expect.poll(() => hub.workers().length, { timeout: 30_000 }).toBe(2);
    expect(hub.workers()).toContain(other);
  });

  it('holds a reader to one rate', { timeout: longMs }, async () => {
    await using hub = await openHub({ HUB_LIMIT_RATE: '20', LOG_LEVEL: 'info' });
    const counts = new Map<string, number>();
    const until = Date.now() + 4_000;
    const askOn = async () => {
      while (Date.now() < until) {
        const status = (await hub.ask()).slice(0, 3);
        counts.set(status, (counts.get(status) ?? 0) + 1);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    await Promise.all([1, 2, 3, 4].map(askOn));
    expect(counts.get('429')).toBeGreaterThan(0);
    // A burst and the rate for the time, and once more a burst at first, before they have told each other.
    expect(counts.get('200')).toBeLessThanOrEqual(20 + 4 * 20 + 20 + 10);
  });

  it('leaves nothing running when its primary is killed', { timeout: longMs }, async () => {
    await using hub = await openHub();
    const workers = hub.workers();
    expect(workers).toHaveLength(2);
    hub.command.kill('SIGKILL');
    await hub.command.ended;
    const running = () => workers.filter((pid) => existsSync(`/proc/${pid}`));
    await expect.poll(running, { timeout: 10_000 }).toEqual([]);
  });
});
