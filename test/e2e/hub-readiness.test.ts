import { ensureKeyFiles, keyFilesOf, readKeyFile } from '@hub/shared/identity';
import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask, createOwnNetwork, type OwnNetwork } from './own-network.js';
import { runCommand } from './running-command.js';

/** The reasons why the hub is not ready; none where it is. */
async function readReasons({ hubPort }: OwnNetwork): Promise<Record<string, string>> {
  const response = await fetch(`http://127.0.0.1:${hubPort}/health/ready`);
  const { reasons = {} } = (await response.json()) as { reasons?: Record<string, string> };
  expect(response.status).toBe(Object.keys(reasons).length === 0 ? 200 : 503);
  return reasons;
}

/** Key files are looked at every few seconds. */
const soon = { timeout: 15_000, interval: 250 };

const police = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'];

async function startHub(network: OwnNetwork) {
  const keys = join(network.folder, 'data', 'keys');
  for (const code of ['hub', ...police]) await ensureKeyFiles(keys, code);
  const hub = runCommand('gateway/cli/hub.mjs', [], network.environment);
  await hub.until(/"msg":"ready"/);
  return { files: keyFilesOf(keys, 'hub'), other: keyFilesOf(keys, 'dk'), hub };
}

describe('/health/ready of the hub', () => {
  it(
    'says what is wrong with its own keys, and is well when they are',
    { timeout: 120_000 },
    async () => {
      await using network = await createOwnNetwork();
      const { files, other, hub } = await startHub(network);
      await using _ = hub;
      const reason = async () => (await readReasons(network)).keys;
      expect(await reason()).toBeUndefined();
      await copyFile(files.private, `${files.private}.kept`);

      await rm(files.private);
      await expect.poll(reason, soon).toMatch(/^OWN_KEYS_MISSING: /);
      await writeFile(files.private, '{');
      await expect.poll(reason, soon).toMatch(/^OWN_KEYS_UNREADABLE: /);
      const { keys } = await readKeyFile(`${files.private}.kept`);
      await writeFile(files.private, JSON.stringify({ keys: keys.slice(0, 1) }));
      await expect.poll(reason, soon).toMatch(/^OWN_KEYS_INCOMPLETE: /);
      await copyFile(other.private, files.private);
      await expect.poll(reason, soon).toMatch(/^OWN_KEYS_FOREIGN: /);
      await rename(`${files.private}.kept`, files.private);
      await expect.poll(reason, soon).toBeUndefined();
    },
  );

  it(
    'is HUB_REFUSED where more than half of the partners refuse its signature',
    { timeout: 120_000 },
    async () => {
      await using network = await createOwnNetwork();
      const refusing = police.map((code) => {
        const server = createServer((_request, response) => {
          response.writeHead(401, { 'content-type': 'application/json', 'hub-refusal': 'KEY' });
          response.end('{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}');
        });
        server.listen(network.portOf(code), '127.0.0.1');
        return server;
      });
      try {
        const { hub } = await startHub(network);
        await using _ = hub;
        const reason = async () => {
          await ask(network.hubPort, '{ policeUnits { id } }');
          return (await readReasons(network)).partners;
        };
        await expect
          .poll(reason, soon)
          .toMatch(/^HUB_REFUSED: 8 of 10 partners do not accept this hub’s signature/);
      } finally {
        for (const server of refusing) server.close();
      }
    },
  );
});
