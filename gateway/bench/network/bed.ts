import { hubIssuer, tokens } from '@hub/shared/identity';
import type { PostgresServer } from '@hub/shared/testing';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureEmbeddedKeys, readSigningKey } from '../../registry/network-keys.js';
import { readNetwork } from '../../registry/network.js';
import { packageFolder } from '../../registry/package-folder.js';
import {
  cores,
  startProcess,
  stopProcess,
  takeFreePort,
  whenAlive,
  type Started,
} from '../processes.js';

const root = dirname(packageFolder);

/**
 * The network of one build: the hub in one process, and its ten partners in another, as `npm start`
 * runs them, or in ten, with PostgreSQL.
 */
export interface NetworkBed {
  readonly label: string;
  readonly url: string;
  readonly hub: Started;
  readonly partners: readonly Started[];
  /** @default each partner has a file of its own */
  readonly database?: PostgresServer | undefined;
  stop(): Promise<void>;
  createToken(organisation: string): Promise<string>;
}

/** Without limits of rates, which are a person’s. */
const unlimited = {
  HUB_LIMIT_RATE: '1000000',
  HUB_LIMIT_ORGANISATION_RATE: '1000000',
  HUB_LIMIT_WORK_MS: '1000000',
  HUB_LIMIT_WORK_BYTES: '10000000000',
  // One caller of the bench stands for many.
  HUB_LIMIT_OPERATIONS_PER_CLIENT: '128',
  HUB_LIMIT_OPERATIONS_PER_ORGANISATION: '128',
};

interface NetworkVariant {
  readonly label: string;
  /** Another built clone. @default this one */
  readonly dist?: string | undefined;
  readonly profileFolder?: string | undefined;
  /** Runs each partner in a process of its own, with a database of this server. */
  readonly database?: PostgresServer;
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

type Network = Awaited<ReturnType<typeof placeNetwork>>['network'];

interface Program {
  /** Whose profile it is. */
  readonly name: string;
  readonly core: number;
  readonly run: readonly [string, ...string[]];
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

type Start = (program: Program) => Started;

/** Starts a network with the demonstration in its own folder. */
export async function startNetwork(variant: NetworkVariant): Promise<NetworkBed> {
  const { label, dist = root, profileFolder, database } = variant;
  const { folder, networkFile, network } = await placeNetwork();
  await ensureEmbeddedKeys(folder, network.partners);
  const url = `http://127.0.0.1:${network.port}/graphql`;
  const common = {
    ...unlimited,
    HUB_NETWORK: networkFile,
    HUB_DATA_DIR: folder,
    HUB_URL: url,
    LOG_LEVEL: 'warn',
  };
  const start: Start = ({ name, core, run: [file, ...args], flags = [], environment }) => {
    const profile = profileFolder
      ? ['--cpu-prof', `--cpu-prof-dir=${join(profileFolder, name)}`]
      : [];
    return startProcess(process.execPath, [...profile, ...flags, join(dist, file), ...args], {
      core,
      environment: { ...common, ...environment },
    });
  };
  const partners = database
    ? await startSeparately(start, network, database)
    : [await startEmbedded(start, network, { folder, url, flags: await readPartnersFlags(dist) })];
  const hub = start({
    name: 'hub',
    core: cores.gateway,
    run: ['gateway/dist/main.js', 'serve', '--workers', '1'],
    environment: { HUB_PRIVATE_KEYS: join(folder, 'keys', `${hubIssuer}.private.json`) },
  });
  hub.child.send('begin');
  await whenTold(hub, 1);
  return {
    label,
    url,
    hub,
    partners,
    database,
    async stop() {
      await stopProcess(hub);
      await Promise.all(partners.map(stopProcess));
    },
    createToken: async (organisation) =>
      tokens.signToken({
        key: await readSigningKey(folder, organisation),
        organisation,
        role: 'coordinator',
        subject: 'bench',
        purpose: 'measuring',
        ttl: 24 * 60 * 60,
      }),
  };
}

/** All partners in one process, each with a SQLite file. */
async function startEmbedded(
  start: Start,
  { partners }: Network,
  {
    folder,
    url,
    flags,
  }: { readonly folder: string; readonly url: string; readonly flags: readonly string[] },
): Promise<Started> {
  const places = partners.map(
    ({ code, subgraph, url: own }) => `--partner=${code}=${subgraph}:${new URL(own).port}`,
  );
  const started = start({
    name: 'partners',
    core: cores.others,
    run: ['subgraphs/dist/embedded.js', '--data', folder, '--hub-url', url, ...places],
    flags,
  });
  await whenTold(started, partners.length);
  return started;
}

/** How long a partner may take to fill its database. */
const fillMs = 120_000;

/** Each partner in a process of its own, one after the other, with a database on this server. */
async function startSeparately(
  start: Start,
  { partners }: Network,
  server: PostgresServer,
): Promise<Started[]> {
  const started: Started[] = [];
  for (const { code, subgraph, url } of partners) {
    await server.createDatabase(code);
    const one = start({
      name: `partner-${code}`,
      core: cores.others,
      run: [`subgraphs/${subgraph}/dist/main.js`],
      environment: {
        HUB_PARTNER: code,
        HUB_CONTENT: 'demonstration',
        DATABASE_URL: server.databaseUrl(code),
        PORT: new URL(url).port,
      },
    });
    await whenAlive(one, url, fillMs);
    started.push(one);
  }
  return started;
}

/** Node’s flags with which that build’s `npm start` runs its partners. */
async function readPartnersFlags(dist: string): Promise<readonly string[]> {
  // Where earlier builds have them.
  const places = ['process/workers', 'process', 'workers'].map((room) =>
    join(dist, 'gateway', 'dist', room, 'worker-flags.js'),
  );
  const file = places.find((place) => existsSync(place));
  if (!file) return [];
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
