import { defaultLimits, type Limits } from '@hub/shared/graphql';
import { createLogger } from '@hub/shared/system';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNetworkConfig } from '../config.js';
import { createHub } from '../hub.js';
import { plugins } from '../plugins/list.js';
import { openPlugins } from '../plugins/open-plugins.js';
import { createSoleWorker } from '../plugins/sole-worker.js';
import type { Contract } from '../registry/contracts.js';
import { createHubKeys, createNetworkKeys } from '../registry/network-keys.js';
import { createAuthenticate } from '../server/security/authenticate.js';
import type { Rate } from '../server/security/rate-limit.js';
import { createRequestSigner } from '../server/security/sign-request.js';
import { createHubServer } from '../server/server.js';
import { tellReady } from './servers/serve-json.js';

// The hub as `serve.ts` opens it, over a network with the bench’s contracts. The options name
// guarantees to leave out.
const [folder = '', supergraphFile = '', ...without] = process.argv.slice(2);
const has = (guarantee: string): boolean => !without.includes(guarantee);
const logger = createLogger('hub', 'warn');
const config = readNetworkConfig({
  HUB_NETWORK: join(folder, 'network.json'),
  HUB_DATA_DIR: folder,
});
const { network } = config;
const contracts = JSON.parse(readFileSync(join(folder, 'contracts.json'), 'utf8')) as Contract[];
const keys = createNetworkKeys(folder, network);
const ownKeys = createHubKeys(join(folder, 'keys', 'hub.private.json'));
const noLimits: Limits = {
  ...defaultLimits,
  ...Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, Infinity])),
  // `bodyBytes` must be finite, because bodies are read completely.
  bodyBytes: defaultLimits.bodyBytes,
  readingMs: defaultLimits.readingMs,
};
const limits = has('limits') ? defaultLimits : noLimits;
/**
 * Counted for every caller as in production, and high enough that nobody is refused, also for the
 * bytes of large responses.
 */
const highRate: Rate = {
  perSecond: 1_000_000,
  burst: 1_000_000,
  workMs: 1_000_000,
  workBytes: 1_000_000_000_000,
};
const { opened } = await openPlugins(
  plugins.filter(({ name }) => name === 'metrics' && has(name)),
  createSoleWorker(config, logger),
);
const hub = await createHub(
  has('contracts')
    ? { network, contracts }
    : { supergraphSdl: readFileSync(supergraphFile, 'utf8') },
  {
    logger,
    introspection: false,
    limits,
    load: limits,
    rate: has('rate') ? highRate : undefined,
    authenticate: has('identity') ? createAuthenticate({ keys }) : undefined,
    plugins: opened,
    sign: has('signatures') ? createRequestSigner({ ownKeys, partnerKeys: keys }) : undefined,
  },
);
const server = await createHubServer({
  hub,
  logger,
  limits,
});
tellReady({ url: await server.listen(0) });
