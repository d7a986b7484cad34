import { ensureKeyFiles, hubIssuer } from '@hub/shared/identity';
import { silentLogger } from '@hub/shared/system';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readNetworkConfig } from '../../gateway/config.js';
import type { HubPlugin } from '../../gateway/hub-plugin.js';
import { createHub } from '../../gateway/hub.js';
import { plugins } from '../../gateway/plugins/list.js';
import { openPlugins } from '../../gateway/plugins/open-plugins.js';
import { createSoleWorker } from '../../gateway/plugins/sole-worker.js';
import { composeContracts } from '../../gateway/registry/compose-contracts.js';
import { readContracts } from '../../gateway/registry/contracts.js';
import { createHubServer } from '../../gateway/server/server.js';
import { sampleOf } from '../sample.js';
import { listFiles } from './read-tree.js';

/** Turns on what is off by itself, but for traces: their collector is waited for at each end. */
const everything = {
  HUB_SANDBOX: 'true',
  HUB_TRIAL_SIGN_IN: 'true',
  HUB_OWNER_NOTICES: 'true',
  HUB_MCP: 'true',
  HUB_ENGINE_KEY: 'k'.repeat(32),
  HUB_SHARED_STATE: 'redis://127.0.0.1:1',
};

const byCode = (one: { readonly code: string }, other: { readonly code: string }) =>
  one.code < other.code ? -1 : 1;

/*
 * The boundaries let nobody but the list import a plugin, so that a hub without its line is one without its folder.
 */
describe('the hub', () => {
  let dataDir: string;
  let supergraphSdl: string;
  const { partners } = readNetworkConfig({}).network;
  const network = { port: 0, partners };
  const contracts = readContracts(network);
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hub-plugins-'));
    await ensureKeyFiles(join(dataDir, 'keys'), hubIssuer);
    supergraphSdl = composeContracts(contracts, network.partners);
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  /** Opens a hub as a worker does, with these plugins. */
  async function open(chosen: readonly HubPlugin[]) {
    const variables = Object.assign({}, ...chosen.map(({ settings }) => settings));
    const settings = z.object(variables).parse(everything);
    const config = { ...readNetworkConfig({ HUB_DATA_DIR: dataDir }), network, plugins: settings };
    const opened = await openPlugins(chosen, createSoleWorker(config, silentLogger));
    const hub = await createHub(
      { network, contracts, supergraphSdl },
      { logger: silentLogger, plugins: opened.opened, checksPartners: false },
    );
    const server = await createHubServer({ hub, logger: silentLogger });
    await server.join();
    return {
      count: opened.opened.length,
      url: await server.listen(0),
      async [Symbol.asyncDispose]() {
        await server.close();
        await hub.close();
        await opened[Symbol.asyncDispose]();
      },
    };
  }

  /** What a client and a balancer get. */
  async function ask(url: string) {
    const body = JSON.stringify({ query: '{ __typename partners { code } }' });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body });
    const ready = await fetch(new URL('/health/ready', url));
    return { answer: await response.json(), ready: ready.status };
  }

  const whole = {
    answer: expect.objectContaining({
      data: {
        __typename: 'Query',
        partners: partners.map(({ code }) => ({ code })).toSorted(byCode),
      },
    }),
    ready: 200,
  };

  const names = plugins.map(({ name }) => name);
  it.each(sampleOf(4, names))('opens and answers without %s', async (name) => {
    await using hub = await open(plugins.filter((plugin) => plugin.name !== name));
    expect(hub.count).toBe(plugins.length - (name === 'tracing' ? 1 : 2));
    expect(await ask(hub.url)).toEqual(whole);
  });

  it('opens and answers without any plugin', async () => {
    await using hub = await open([]);
    expect(await ask(hub.url)).toEqual(whole);
  });

  it('has a folder for each plugin of the list, and no other', () => {
    const folders = listFiles().flatMap(
      (path) => /^gateway\/plugins\/([^/]+)\/plugin\.ts$/.exec(path)?.[1] ?? [],
    );
    expect(plugins.map(({ name }) => name).toSorted()).toEqual(folders.toSorted());
  });

  it('has each variable in one plugin alone', () => {
    const variables = plugins.flatMap(({ settings = {} }) => Object.keys(settings));
    expect(variables.toSorted()).toEqual([...new Set(variables)].toSorted());
  });
});
