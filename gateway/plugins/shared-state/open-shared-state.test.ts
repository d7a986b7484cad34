import { ensureKeyFiles, hubIssuer, keyFilesOf } from '@hub/shared/identity';
import { silentLogger } from '@hub/shared/system';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ToWorker } from '../../process/workers/messages.js';
import { createRelay } from '../../process/workers/relay.js';
import { createTally } from '../../process/workers/tally.js';
import { openWorkersOf } from '../../process/workers/test-workers.js';
import { openSharedState } from './open-shared-state.js';
import { followSharedState } from './shared-state.js';
import { openTestStore } from './test-store.js';

const patiently = { timeout: 20_000 };

/** A hub’s primary with one worker, its keys and the password of its store in a folder. */
async function openHub(url: string, password: string) {
  const folder = mkdtempSync(join(tmpdir(), 'hub-sharing-'));
  await ensureKeyFiles(folder, hubIssuer);
  const privateKeys = keyFilesOf(folder, hubIssuer).private;
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${password}\n`);
  const [relay, tally] = [createRelay(), createTally()];
  const worker = await openWorkersOf(relay)();
  const state = followSharedState(worker);
  const rates: unknown[] = [];
  worker.listen('rate', (body) => void rates.push(body));
  const sharing = openSharedState(
    { url, passwordFile },
    { relay, tally, logger: silentLogger, config: { privateKeys, certificateFiles: {} } },
  );
  return {
    privateKeys,
    worker,
    state,
    rates,
    /** The names of the metrics of the hub, as a worker collects them. */
    collect: () =>
      new Promise<string[]>((resolve) => {
        const member = {
          send(message: ToWorker) {
            if ('collected' in message) resolve(message.counts.flat().map(({ name }) => name));
          },
        };
        tally.join(member);
        tally.receive(member, { wanted: 1, counts: [] });
      }),
    async [Symbol.asyncDispose]() {
      await sharing[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

describe('hubs with HUB_SHARED_STATE', () => {
  it('hear each other as long as they have the same private keys, and count what they say', async () => {
    await using store = await openTestStore({ password: 'secret' });
    await using one = await openHub(store.url, 'secret');
    await using two = await openHub(store.url, 'secret');
    const states = () => [one, two].map(({ state }) => state.findWarning());
    await expect.poll(states, patiently).toEqual([undefined, undefined]);
    await one.worker.notify('rate', { 'dk anna': 1 });
    expect(two.rates).toEqual([]);
    copyFileSync(one.privateKeys, two.privateKeys);
    const send = async () => {
      await one.worker.notify('rate', { 'dk bo': 1 });
      return two.rates[0];
    };
    await expect.poll(send, patiently).toEqual({ 'dk bo': 1 });
    expect(await one.collect()).toEqual([
      'hub_shared_state_unavailable',
      'hub_shared_state_hubs',
      'hub_shared_state_messages_total',
    ]);
  });
});
