import { silentLogger } from '@hub/shared/system';
import { randomBytes } from 'node:crypto';
import { createRelay } from '../../process/workers/relay.js';
import { openWorkersOf } from '../../process/workers/test-workers.js';
import { Bridge, type BridgeOptions } from './bridge.js';
import { createSeal } from './seal.js';
import { followSharedState } from './shared-state.js';
import { createStore } from './store-connection.js';

/** The key of all hubs of a test. */
export const testKey = randomBytes(32);

export interface TestHubOptions extends Pick<BridgeOptions, 'times'> {
  readonly url: string;
  readonly key?: Buffer;
  readonly workers?: number;
  readonly password?: string;
}

/** A hub’s relay, its workers’ channels and its bridge, connected to a store. */
export async function openTestHub({
  url,
  key = testKey,
  workers = 1,
  password,
  times = {},
}: TestHubOptions) {
  const relay = createRelay();
  const open = openWorkersOf(relay);
  const worker = await open();
  const channels = [worker];
  while (channels.length < workers) channels.push(await open());
  const states = channels.map((channel) => followSharedState(channel));
  const counted = { hubs: 0, isUnavailable: true, sent: 0, received: 0, refused: 0, lost: 0 };
  const bridge = new Bridge({
    relay,
    seal: createSeal(key),
    openStore: createStore({
      url,
      readPassword: password === undefined ? undefined : () => password,
      times: { firstMs: 20, longestMs: 100 },
    }),
    logger: silentLogger,
    meter: {
      unavailable: (isUnavailable) => (counted.isUnavailable = isUnavailable),
      hubs: (count) => (counted.hubs = count),
      message: (result) => (counted[result] += 1),
    },
    times: { beatMs: 50, ...times },
  });
  return {
    channels,
    /** The first worker. */
    worker,
    states,
    counted,
    /** What a worker notified is heard by this function. */
    hear(topic: string): unknown[] {
      const heard: unknown[] = [];
      worker.listen(topic, (body) => void heard.push(body));
      return heard;
    },
    close: () => bridge.close(),
    [Symbol.asyncDispose]: () => bridge.close(),
  };
}

export type TestHub = Awaited<ReturnType<typeof openTestHub>>;
