import { openTls } from '@hub/shared/server';
import { filesForCalls } from '@hub/shared/system';
import { readFileSync } from 'node:fs';
import type { PluginPrimary } from '../../hub-plugin.js';
import type { ToWorker } from '../../process/messages.js';
import type { Workers } from '../../process/run-workers.js';
import { createHubKeys } from '../../registry/network-keys.js';
import { readSharedStateKey } from '../../server/security/derived-keys.js';
import { Bridge } from './bridge.js';
import { createSeal } from './seal.js';
import { createSharedStateMeter } from './shared-state-metrics.js';
import { createStore } from './store-connection.js';

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
