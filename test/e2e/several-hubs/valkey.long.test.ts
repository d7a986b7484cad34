import { createAuthority, openPemFolder } from '@hub/shared/testing';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectionOptions } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { createStore } from '../../../gateway/plugins/shared-state/store-connection.js';
import { createToken, type Asker, type Tree } from '../network/open-hub.js';
import { ask, createOwnNetwork, findFreePorts, type OwnNetwork } from '../network/own-network.js';
import { readMetrics } from '../network/read-metrics.js';
import { openStream, untilFed } from '../network/read-stream.js';
import { runCommand } from '../network/running-command.js';
import { openValkey, type Valkey } from './valkey.js';

const others = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'ncm', 'no', 'se'];
const filter = { owners: ['nbnp'] };
const patiently = { timeout: 60_000, interval: 200 };

/** It fills more slowly than one caller asks, and lasts for what each of many callers sends here. */
const rate = { HUB_LIMIT_RATE: '5', HUB_LIMIT_BURST: '1500', HUB_LIMIT_ORGANISATION_RATE: '1000' };
const callers = others.flatMap((organisation) =>
  (['analyst', 'coordinator', 'liaison', 'auditor'] as const).map((role) => ({
    organisation,
    role,
  })),
);

/** Two hubs of two workers before the network’s server, with a data folder each. */
async function openHubs(network: OwnNetwork, valkey: Valkey) {
  const environment = {
    ...network.environment,
    ...rate,
    HUB_SHARED_STATE: valkey.url,
    HUB_SHARED_STATE_PASSWORD_FILE: valkey.passwordFile,
  };
  const first = runCommand(
    'gateway/cli/start.mjs',
    ['--facts-only', '--workers', '2', '--without', others.join(',')],
    environment,
  );
  await first.until(/The network is running\.[^]*Ctrl-C/);
  const [dataDir, [port = 0]] = [join(network.folder, 'other'), await findFreePorts(1)];
  mkdirSync(dataDir);
  cpSync(join(network.folder, 'data', 'keys'), join(dataDir, 'keys'), { recursive: true });
  const second = runCommand(
    'gateway/dist/main.js',
    ['serve', '--workers', '2', '--port', String(port)],
    { ...environment, HUB_DATA_DIR: dataDir },
  );
  await second.until(/"workers":2,"msg":"ready"/);
  const ports = [network.hubPort, port];
  return {
    ports,
    urls: ports.map((one) => `http://127.0.0.1:${one}/graphql`),
    keys: join(dataDir, 'keys'),
    /** The status of each hub, and its warning of the store. */
    async readReady() {
      const all = ports.map(async (one) => {
        const response = await fetch(`http://127.0.0.1:${one}/health/ready`);
        const { warnings = {} } = (await response.json()) as {
          warnings?: Record<string, string>;
        };
        return `${response.status} ${/^\w+/.exec(warnings['sharedState'] ?? '')?.[0] ?? ''}`;
      });
      return Promise.all(all);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([first, second].map((command) => command[Symbol.asyncDispose]()));
    },
  };
}

describe('two hubs of two workers with a real store', () => {
  it(
    'share rates, writes and changes, and lose no response when the store is killed',
    { timeout: 300_000 },
    async () => {
      await using valkey = await openValkey();
      await using network = await createOwnNetwork();
      await using hubs = await openHubs(network, valkey);
      const [first = 0, second = 0] = hubs.ports;
      const [here = '', there = ''] = hubs.urls;
      const readHubs = async () =>
        (await Promise.all(hubs.urls.map(readMetrics))).map(({ valueOf }) => [
          valueOf('hub_shared_state_hubs'),
          valueOf('hub_shared_state_unavailable'),
        ]);
      const together = [
        [1, 0],
        [1, 0],
      ];
      await expect.poll(readHubs, patiently).toEqual(together);
      expect(await hubs.readReady()).toEqual(['200 ', '200 ']);

      const token = await createToken(hubs.keys, { organisation: 'nbnp', role: 'coordinator' });
      const readEvent = async (port: number) =>
        ((await ask(port, '{ events(first: 1) { nodes { id title version } } }')).data as Tree)
          .events.nodes[0];
      let { id, version } = await readEvent(first);
      /** Through a hub, and what all workers of both hubs then return. */
      const rename = async (port: number) => {
        const title = `Event ${version}`;
        const input = `{ event: "${id}", title: "${title}", version: ${version} }`;
        const mutation = `mutation { changeEvent(input: ${input}) { id version } }`;
        const { data, errors } = await ask(port, mutation, token);
        expect(errors).toEqual([]);
        ({ id, version } = (data as Tree).changeEvent);
        const read = [first, second, first, second].map(
          async (one) => (await readEvent(one)).title,
        );
        expect(await Promise.all(read)).toEqual([title, title, title, title]);
      };
      await rename(second);
      await rename(first);

      // Connections are dealt to the workers in turn, so each has one of these.
      const streams = await Promise.all(
        [here, here, there, there].map((url) => openStream(url, { variables: { filter } })),
      );
      await Promise.all(streams.map(untilFed));
      await rename(second);
      const told = await Promise.all(streams.map((stream) => stream.nextChange()));
      for (const message of told) expect(message?.result.data.changed).toMatchObject({ version });

      // Under load the store is killed.
      const results = new Map<string, number>();
      let isOver = false;
      const askOn = async (port: number) => {
        for (let place = 0; !isOver; place = (place + 1) % callers.length) {
          const own = await createToken(hubs.keys, callers[place] as Asker);
          const query = '{ events(first: 5) { nodes { title } } }';
          const { status, errors } = await ask(port, query, own);
          const result = `${status} ${errors.length}`;
          results.set(result, (results.get(result) ?? 0) + 1);
          await wait(10);
        }
      };
      const load = [first, first, second, second].map(askOn);
      await valkey.kill();
      const away = ['200 SHARED_STATE_UNAVAILABLE', '200 SHARED_STATE_UNAVAILABLE'];
      await expect.poll(hubs.readReady, patiently).toEqual(away);
      await rename(first);
      await valkey.start();
      await expect.poll(hubs.readReady, patiently).toEqual(['200 ', '200 ']);
      await expect.poll(readHubs, patiently).toEqual(together);
      isOver = true;
      await Promise.all(load);
      expect([...results.keys()]).toEqual(['200 0']);

      // The other hub gets the change that it missed, and a cursor holds there too.
      for (const stream of streams)
        expect((await stream.nextChange())?.result.data.changed).toMatchObject({ version });
      await rename(second);
      await using again = await openStream(there, {
        variables: { filter },
        headers: { 'last-event-id': String(told[0]?.id) },
      });
      expect((await again.nextChange())?.result.data.changed.subject).toBe(id);
      expect(again.text()).not.toContain('NOTICES_MISSED');
      for (const stream of streams) stream.close();

      // One caller, at one hub until it is refused, is refused at the other too.
      const caller = await createToken(hubs.keys, { organisation: 'nbnp', role: 'analyst' });
      const send = async (port: number) => (await ask(port, '{ __typename }', caller)).status;
      while ((await send(first)) === 200);
      await expect.poll(() => send(second), { timeout: 10_000 }).toBe(429);
    },
  );
});

describe('a real store with TLS', () => {
  it('carries messages of clients with a certificate, and nobody else’s', async () => {
    await using folder = await openPemFolder();
    const ours = await createAuthority();
    const { cert: ca } = ours;
    const authority = await folder.write('ca.pem', ca);
    const served = await folder.writePair('store', await ours.issue());
    await using valkey = await openValkey({ ...served, authority });
    const read = (path: string) => readFileSync(path, 'utf8');
    const presented = { cert: read(served.certificate), key: read(served.key) };
    const open = (certificates: Pick<ConnectionOptions, 'ca' | 'cert' | 'key'>) => {
      const [heard, reasons]: [string[], string[]] = [[], []];
      const store = createStore({
        url: valkey.url,
        readPassword: () => read(valkey.passwordFile).trim(),
        readCertificates: () => certificates,
      })('cooperation-hub:test', {
        onMessage: (message) => void heard.push(message.toString()),
        onConnected: () => void reasons.push('connected'),
        onUnavailable: (reason) => void reasons.push(reason),
      });
      return { store, heard, reasons, [Symbol.asyncDispose]: () => store.close() };
    };
    await using one = open({ ca, ...presented });
    await using other = open({ ca, ...presented });
    await using trusting = open(presented);
    await using nobody = open({ ca });
    for (const { reasons } of [one, other])
      await expect.poll(() => reasons[0], patiently).toBe('connected');
    expect(await one.store.publish(Buffer.from('hello'))).toBeUndefined();
    await expect.poll(() => other.heard, patiently).toEqual(['hello']);
    await expect.poll(() => trusting.reasons[0], patiently).toMatch(/^(SELF_SIGNED|UNABLE_TO)_/);
    await expect.poll(() => nobody.reasons.length, patiently).toBeGreaterThan(0);
    expect(nobody.reasons).not.toContain('connected');
    expect(nobody.heard).toEqual([]);
  });
});
