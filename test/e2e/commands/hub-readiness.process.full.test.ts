import { ensureKeyFiles, keyFilesOf, readKeyFile } from '@hub/shared/identity';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask, createOwnNetwork, type OwnNetwork } from '../network/own-network.js';
import { runCommand } from '../network/running-command.js';

/** The reasons why the hub is not ready; none where it is. */
async function readReasons({ hubPort }: OwnNetwork): Promise<Record<string, string>> {
  const response = await fetch(`http://127.0.0.1:${hubPort}/health/ready`);
  const { reasons = {} } = (await response.json()) as { reasons?: Record<string, string> };
  expect(response.status).toBe(Object.keys(reasons).length === 0 ? 200 : 503);
  return reasons;
}

/** Key files are looked at every few seconds. */
const soon = { interval: 250 };

const police = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'];

/** @param spoil is done to the folder of keys before the start */
async function startHub(
  network: OwnNetwork,
  spoil: (keys: string) => Promise<unknown> = async () => undefined,
) {
  const keys = join(network.folder, 'data', 'keys');
  for (const code of ['hub', 'nbnp', 'ncm', ...police]) await ensureKeyFiles(keys, code);
  await spoil(keys);
  const hub = runCommand('gateway/dist/main.js', ['serve'], network.environment);
  await hub.until(/"msg":"ready"/);
  return { files: keyFilesOf(keys, 'hub'), other: keyFilesOf(keys, 'dk'), hub };
}

describe('/health/ready of the hub', () => {
  it('says what is wrong with its own keys, when it starts and later, and is well when they are', async () => {
    await using network = await createOwnNetwork();
    const { files, other, hub } = await startHub(network, async (keys) => {
      const file = keyFilesOf(keys, 'hub').private;
      await rename(file, `${file}.kept`);
    });
    await using _ = hub;
    const reason = async () => (await readReasons(network)).keys;
    expect(await reason()).toMatch(/^OWN_KEYS_MISSING: /);
    await writeFile(files.private, '{');
    await expect.poll(reason, soon).toMatch(/^OWN_KEYS_UNREADABLE: /);
    const { keys } = await readKeyFile(`${files.private}.kept`);
    await writeFile(files.private, JSON.stringify({ keys: keys.slice(0, 1) }));
    await expect.poll(reason, soon).toMatch(/^OWN_KEYS_INCOMPLETE: /);
    await copyFile(other.private, files.private);
    await expect.poll(reason, soon).toMatch(/^OWN_KEYS_FOREIGN: /);
    await rename(`${files.private}.kept`, files.private);
    await expect.poll(reason, soon).toBeUndefined();
    await rm(files.private);
    await expect.poll(reason, soon).toMatch(/^OWN_KEYS_MISSING: /);
  });

  it('is OWN_KEYS_FOREIGN where it starts so, and HUB_REFUSED where more than half of the partners refuse its signature', async () => {
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
      const { files, hub } = await startHub(network, async (keys) => {
        const file = keyFilesOf(keys, 'hub').private;
        await rename(file, `${file}.kept`);
        await copyFile(keyFilesOf(keys, 'dk').private, file);
      });
      await using _ = hub;
      expect((await readReasons(network)).keys).toMatch(/^OWN_KEYS_FOREIGN: /);
      await rename(`${files.private}.kept`, files.private);
      const reasons = async () => {
        await ask(network.hubPort, '{ policeUnits { id } }');
        return readReasons(network);
      };
      await expect.poll(reasons, soon).toEqual({
        partners: expect.stringMatching(
          /^HUB_REFUSED: 8 of 10 partners do not accept this hub’s signature/,
        ) as unknown,
      });
    } finally {
      for (const server of refusing) server.close();
    }
  });
});

describe('partners whose public keys the hub cannot use', () => {
  /** What is wrong with the file of each. */
  const faults = { dk: 'MISSING', ee: 'UNREADABLE', fi: 'UNREADABLE' } as const;
  const codes = Object.keys(faults) as (keyof typeof faults)[];

  it('are not asked, the hub names the files, and is ready unless they are all', async () => {
    await using network = await createOwnNetwork();
    let asked = 0;
    const servers = codes.map((code) =>
      createServer((_request, response) => {
        asked += 1;
        response.writeHead(401).end();
      }).listen(network.portOf(code), '127.0.0.1'),
    );
    try {
      const keys = join(network.folder, 'data', 'keys');
      const fileOf = (code: string) => keyFilesOf(keys, code).public;
      const all = ['nbnp', 'ncm', ...police];
      const { hub } = await startHub(network, () =>
        Promise.all(all.map((code) => rename(fileOf(code), `${fileOf(code)}.kept`))),
      );
      await using _ = hub;
      expect((await readReasons(network)).keys).toMatch(/^PARTNER_KEYS_MISSING: /);
      const others = all.filter((code) => !(code in faults));
      await Promise.all(others.map((code) => rename(`${fileOf(code)}.kept`, fileOf(code))));
      await writeFile(fileOf('ee'), '{"keys":[]}');
      await mkdir(fileOf('fi'));
      await expect.poll(() => readReasons(network), soon).toEqual({});
      const reasons = codes.map(
        (code) =>
          new RegExp(
            `PARTNER_KEYS_${faults[code]}: the public keys of ${code} \\(keys/${code}\\.public\\.json\\)`,
          ),
      );
      for (const code of codes) {
        const { errors, completeness } = await ask(
          network.hubPort,
          `{ policeUnits(filter: { country: "${code.toUpperCase()}" }) { id } }`,
        );
        expect(errors).toMatchObject([
          { extensions: { code: 'PARTNER_UNAVAILABLE', partner: code } },
        ]);
        expect(completeness).toMatchObject({ partners: { [code]: { status: 'UNAVAILABLE' } } });
      }
      expect(asked).toBe(0);
      for (const reason of reasons) await hub.until(reason);
      expect(await readReasons(network)).toEqual({});
      const health = await fetch(`http://127.0.0.1:${network.hubPort}/health/ready`);
      const { status, warnings } = (await health.json()) as {
        status: string;
        warnings: { keys: string };
      };
      expect(status).toBe('ready');
      for (const reason of reasons) expect(warnings.keys).toMatch(reason);
    } finally {
      for (const server of servers) server.close();
    }
  });
});
