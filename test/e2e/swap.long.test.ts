import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { composeLargeSupergraph } from './large-supergraph.js';
import { runCommand } from './running-command.js';

/** How much longer than ever without a swap nobody may be answered while there is one. */
const mostMs = 50;

/** Asks without a pause on one kept connection. The longest time between two answers, and what was no answer. */
async function askDuring(url: string, work: Promise<unknown>) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const failures: string[] = [];
  let longest = 0;
  let answers = 0;
  let isOver = false;
  void work.finally(() => (isOver = true));
  let last = performance.now();
  while (!isOver) {
    const answer = await ask(url, agent).catch((error: Error) => error.message);
    if (answer !== '200 Query') failures.push(answer);
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    answers += 1;
  }
  await work;
  agent.destroy();
  return { longest, answers, failures };
}

const ask = (url: string, agent: Agent): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    request(url, { method: 'POST', agent, headers }, (response) => {
      text(response).then((body) => {
        const { data } = JSON.parse(body) as { data?: { __typename: string } };
        resolve(`${response.statusCode} ${data?.__typename}`);
      }, reject);
    })
      .once('error', reject)
      .end('{"query":"{ __typename }"}');
  });

describe('SIGHUP of a hub over a hundred subgraphs and three thousand types', () => {
  it('takes the new supergraph over without a request lost, or a wait of 50 ms more', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-swap-'));
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, composeLargeSupergraph('http://127.0.0.1:9/graphql'));
    await using hub = runCommand('gateway/dist/main.js', [
      'serve',
      '--supergraph',
      file,
      '--port',
      '0',
    ]);
    const [, url = ''] = await hub.until(/"url":"([^"]+)"[^\n]*"msg":"ready"/);
    const tenSeconds = () => new Promise((resolve) => setTimeout(resolve, 10_000));
    // What is warm in one window should be warm in the other.
    await askDuring(url, tenSeconds());
    const quiet = await askDuring(url, tenSeconds());
    hub.kill('SIGHUP');
    const begun = performance.now();
    const swap = await askDuring(url, hub.until(/"msg":"reloaded"/));
    console.log(
      `the swap took ${((performance.now() - begun) / 1_000).toFixed(1)} s; longest wait ${quiet.longest.toFixed(0)} ms in ${quiet.answers} answers without one, ${swap.longest.toFixed(0)} ms in ${swap.answers} with`,
    );
    await rm(folder, { recursive: true, force: true });
    expect([...quiet.failures, ...swap.failures]).toEqual([]);
    expect(swap.longest).toBeLessThan(quiet.longest + mostMs);
  });
});
