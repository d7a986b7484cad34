import { type Counts, openTls } from '@hub/shared/server';
import { filesForCalls } from '@hub/shared/system';
import { readFileSync } from 'node:fs';
import { Counter, Gauge, Registry } from 'prom-client';
import type { PluginPrimary } from '../../hub-plugin.js';
import type { ToWorker } from '../../process/workers/messages.js';
import type { Workers } from '../../process/workers/run-workers.js';
import { createHubKeys } from '../../registry/network-keys.js';
import { readSharedStateKey } from '../../server/security/derived-keys.js';
import { Bridge, type SharedStateMeter } from './bridge.js';
import { createSeal } from './seal.js';
import { createStore } from './store-connection.js';

/** Counts what hubs send each other, in the process that is connected to the store. */
export function createSharedStateMeter(): {
  readonly meter: SharedStateMeter;
  readonly readCounts: () => Promise<Counts>;
} {
  const registry = new Registry();
  const registers = [registry];
  const unavailable = new Gauge({
    name: 'hub_shared_state_unavailable',
    help: '1 while this hub cannot tell other hubs anything, and counts alone.',
    registers,
  });
  const hubs = new Gauge({
    name: 'hub_shared_state_hubs',
    help: 'Other hubs that this hub hears.',
    registers,
  });
  const messages = new Counter({
    name: 'hub_shared_state_messages_total',
    help: 'Messages between hubs: sent, received, refused or lost.',
    labelNames: ['result'],
    registers,
  });
  return {
    meter: {
      unavailable: (isUnavailable) => unavailable.set(isUnavailable ? 1 : 0),
      hubs: (count) => hubs.set(count),
      message: (result) => messages.inc({ result }),
    },
    readCounts: () => registry.getMetricsAsJSON(),
  };
}

interface Store {
  readonly url: string;
  /** The file of its password. @default that of the URL, or none */
  readonly passwordFile: string | undefined;
}

type Primary = Pick<PluginPrimary, 'relay' | 'tally' | 'logger'> & {
  readonly config: Pick<PluginPrimary['config'], 'privateKeys' | 'certificateFiles'>;
};

/** How often to look whether the hub’s key was replaced. */
const keyMs = 2_000;

/** Connects this hub’s workers with other hubs. Runs in the primary: one connection for each hub. */
export function openSharedState(
  { url, passwordFile }: Store,
  { relay, tally, logger, config: { privateKeys, certificateFiles } }: Primary,
): AsyncDisposable {
  const keys = createHubKeys(privateKeys);
  const { meter, readCounts } = createSharedStateMeter();
  addCounts(tally, readCounts);
  const tls = url.startsWith('rediss:')
    ? openTls(filesForCalls(certificateFiles), logger)
    : undefined;
  const openStore = createStore({
    url,
    readPassword: passwordFile === undefined ? undefined : () => readPassword(passwordFile),
    readCertificates: () => tls?.certificates.presented?.current ?? {},
  });
  let key: Buffer | undefined;
  let bridge: Bridge | undefined;
  /** Hubs with another key cannot read what this one sends, so it moves with its key. */
  const follow = async () => {
    const found = await readSharedStateKey(keys);
    if (!found || (key && found.equals(key))) return;
    key = found;
    await bridge?.close();
    bridge = new Bridge({ relay, seal: createSeal(found), openStore, meter, logger });
  };
  let following = follow();
  const timer = setInterval(() => {
    following = following.then(follow);
  }, keyMs);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await following;
      await bridge?.close();
      tls?.[Symbol.dispose]();
    },
  };
}

/** The newline at the end of the file is not part of the password. */
const readPassword = (file: string): string => readFileSync(file, 'utf8').replace(/\r?\n$/, '');

/** This process counts too. */
function addCounts(
  tally: Workers['tally'],
  readCounts: ReturnType<typeof createSharedStateMeter>['readCounts'],
): void {
  const member = {
    async send(message: ToWorker) {
      if (!('count' in message)) return;
      tally.receive(member, { counted: message.count, counts: await readCounts() });
    },
  };
  tally.join(member);
}
