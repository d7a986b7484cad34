import { hubIssuer, signToken } from '@hub/shared/identity';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureEmbeddedKeys, readSigningKey } from '../../registry/network-keys.js';
import { readNetwork } from '../../registry/network.js';
import { packageFolder } from '../../registry/package-folder.js';
import { cores, startProcess, takeFreePort, type Started } from '../processes.js';

const root = dirname(packageFolder);

/**
 * The network of one build: the hub in one process, and its ten partners in another, as `npm start`
 * runs them.
 */
export interface NetworkBed {
  readonly label: string;
  readonly url: string;
  readonly hub: Started;
  readonly partners: Started;
  createToken(organisation: string): Promise<string>;
}

/** Without rate limits. */
const unlimited = {
  HUB_LIMIT_RATE: '1000000',
  HUB_LIMIT_ORGANISATION_RATE: '1000000',
  HUB_LIMIT_WORK_MS: '1000000',
  HUB_LIMIT_WORK_BYTES: '10000000000',
};

interface NetworkVariant {
  readonly label: string;
  /** Another built clone. @default this one */
  readonly dist?: string | undefined;
  readonly profileFolder?: string | undefined;
}

/** A folder of its own, with a network file whose ports are free. */
async function placeNetwork() {
  const parent = join(root, '.data', 'bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'network-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const { partners } = readNetwork(join(root, 'gateway', 'network.json'));
  const placed = [];
  for (const partner of partners)
    placed.push({ ...partner, url: `http://127.0.0.1:${await takeFreePort()}/graphql` });
  const network = { port: await takeFreePort(), partners: placed };
  const networkFile = join(folder, 'network.json');
  writeFileSync(networkFile, JSON.stringify(network));
  return { folder, networkFile, network };
}

/** Starts a network with the demonstration in its own folder. */
export async function startNetwork({
  label,
  dist = root,
  profileFolder,
}: NetworkVariant): Promise<NetworkBed> {
  const { folder, networkFile, network } = await placeNetwork();
  await ensureEmbeddedKeys(folder, network.partners);
  const url = `http://127.0.0.1:${network.port}/graphql`;
  const environment = {
    ...unlimited,
    HUB_NETWORK: networkFile,
    HUB_DATA_DIR: folder,
    HUB_PRIVATE_KEYS: join(folder, 'keys', `${hubIssuer}.private.json`),
    LOG_LEVEL: 'warn',
  };
  const start = (
    name: string,
    core: number,
    [file, ...args]: readonly [string, ...string[]],
    flags: readonly string[] = [],
  ) => {
    const profile = profileFolder
      ? ['--cpu-prof', `--cpu-prof-dir=${join(profileFolder, name)}`]
      : [];
    return startProcess(process.execPath, [...profile, ...flags, join(dist, file), ...args], {
      core,
      environment,
    });
  };
  const places = network.partners.map(
    ({ code, subgraph, url: own }) => `--partner=${code}=${subgraph}:${new URL(own).port}`,
  );
  const own = start(
    'partners',
    cores.others,
    ['subgraphs/dist/embedded.js', '--data', folder, '--hub-url', url, ...places],
    await readPartnersFlags(dist),
  );
  await whenTold(own, network.partners.length);
  const hub = start('hub', cores.gateway, ['gateway/dist/main.js', 'serve', '--workers', '1']);
  hub.child.send('begin');
  await whenTold(hub, 1);
  return {
    label,
    url,
    hub,
    partners: own,
    createToken: async (organisation) =>
      signToken({
        key: await readSigningKey(folder, organisation),
        organisation,
        role: 'coordinator',
        subject: 'bench',
        purpose: 'measuring',
        ttl: 24 * 60 * 60,
      }),
  };
}

/** Node’s flags with which that build’s `npm start` runs its partners. */
async function readPartnersFlags(dist: string): Promise<readonly string[]> {
  const file = join(dist, 'gateway', 'dist', 'workers', 'worker-flags.js');
  const flags = (await import(pathToFileURL(file).href)) as { partnersFlags?: readonly string[] };
  return flags.partnersFlags ?? [];
}

/** Waits until a process has reported all its servers. */
function whenTold({ child, printed }: Started, servers: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let ready = 0;
    const fail = (what: string) => reject(new Error(`${what}: ${printed()}`));
    child.on('message', (message) => {
      if (!('ready' in (message as object))) return fail(JSON.stringify(message));
      ready += 1;
      if (ready === servers) resolve();
    });
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
}
