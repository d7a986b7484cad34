import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startProcess, whenResponding } from '../../../gateway/bench/processes.js';
import { moveSubgraphs } from '../../../gateway/registry/supergraph-for-others.js';
import { examples } from '../network/examples.js';
import { createToken, type Answer } from '../network/open-hub.js';
import { openNetwork } from '../network/open-network.js';
import { findFreePorts } from '../network/own-network.js';
import { ensureHiveGateway } from './hive-gateway.js';

const engineKey = 'a secret of the operator and the engine';

/** What an operator writes for Hive Gateway: its key and the caller’s token go on to the hub. */
const configuration = `export const gatewayConfig = {
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({
      authorization: request.headers.get('authorization'),
      'hub-engine-key': '${engineKey}',
    }),
  },
};
`;

/** Its times differ from one request to the next. */
const timed = 'WhoAnswers';

/** Hive Gateway over the hub’s subgraphs. */
async function startHive(supergraphSdl: string) {
  const folder = await mkdtemp(join(tmpdir(), 'hub-hive-'));
  const files = { graph: join(folder, 'graph.graphql'), config: join(folder, 'hive.config.mjs') };
  await writeFile(files.graph, supergraphSdl);
  await writeFile(files.config, configuration);
  const [port = 0] = await findFreePorts(1);
  const script = ensureHiveGateway();
  const own = ['--config-path', files.config, '--host', '127.0.0.1', '--port', String(port)];
  const started = startProcess(
    process.execPath,
    [script, 'supergraph', files.graph, '--hive-router-runtime', ...own],
    {
      folder,
      environment: { LOG_LEVEL: 'error' },
    },
  );
  const url = `http://127.0.0.1:${port}/graphql`;
  await whenResponding(started, url, 120_000);
  return {
    async ask(query: string, token: string): Promise<Answer> {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify({ query }),
      });
      return (await response.json()) as Answer;
    },
    async [Symbol.asyncDispose]() {
      started.child.kill('SIGKILL');
      await rm(folder, { recursive: true });
    },
  };
}

it('Hive Gateway answers every example over the subgraphs as the hub does', async () => {
  await using network = await openNetwork('demonstration', { engineKey });
  const address = new URL('/', network.hubUrl).href;
  await using hive = await startHive(moveSubgraphs(network.hub.supergraphSdl, address));
  const token = await createToken(network.keys, { organisation: 'nbnp', role: 'coordinator' });
  const queries = examples.filter(({ name, query }) => query.startsWith('query') && name !== timed);
  expect(queries.length).toBeGreaterThan(50);
  const differing: string[] = [];
  for (const { name, query } of queries) {
    const [own, other] = [await network.ask(query), await hive.ask(query, token)];
    expect(own.extensions.completeness?.complete, name).toBe(true);
    try {
      expect(other.data).toEqual(own.data);
    } catch (error) {
      differing.push(`${name}: ${String(error)} ${JSON.stringify(other.errors)?.slice(0, 300)}`);
    }
  }
  expect(differing).toEqual([]);
});
