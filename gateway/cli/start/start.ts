import { holdFolder } from '@hub/shared/storage';
import { closeDataFolder, ConfigError, type Environment } from '@hub/shared/system';
import { dirname, join } from 'node:path';
import { environmentWith, readNetworkConfig } from '../../config.js';
import { partnersFlags } from '../../process/workers/worker-flags.js';
import { ensureEmbeddedKeys } from '../../registry/network-keys.js';
import type { Partner } from '../../registry/network.js';
import { packageFolder } from '../../registry/package-folder.js';
import { startChild, StartError, type Child } from './child.js';
import { describeStart, describeStarted } from './start-messages.js';
import { readStartOptions, type StartOptions } from './start-options.js';

/** An orderly shutdown may take ten seconds. The hub gets most of it, its partners the rest. */
const firstDrainMs = 8_500;
const lastDrainMs = 1_000;

/**
 * For a first try: introspection and the sandbox are on, the pages sign in without a password, and
 * the log shows only warnings.
 */
const defaults = {
  LOG_LEVEL: 'warn',
  HUB_INTROSPECTION: 'true',
  HUB_SANDBOX: 'true',
  HUB_TRIAL_SIGN_IN: 'true',
};

const withoutTls =
  'npm start is for one machine, and speaks plain HTTP. Leave HUB_TLS_CERT out, or start the hub and its partners one by one.';

export interface Terminal {
  readonly tell: (line: string) => void;
  /** Aborts when the command is told to end. */
  readonly stop: AbortSignal;
  /** Registers the function that reloads the hub. @default it is never reloaded */
  readonly onReload?: (reload: () => void) => void;
  /**
   * Runs once the network has started, and can restart its parts. @default the network runs until
   * the command is told to end
   */
  readonly develop?: (network: RunningNetwork) => Promise<void>;
}

/** The processes of a network. A part that fails to restart stays down until the next restart. */
export interface RunningNetwork {
  /** The folders of its partners. Each has a process of its own. */
  readonly folders: readonly string[];
  /**
   * @param part `hub`, or one of the folders
   * @throws `StartError` if the process does not start
   */
  restart(part: string): Promise<void>;
  /** Makes the hub read the network file and the contracts again. */
  reload(): void;
  readonly stop: AbortSignal;
}

type NetworkConfig = ReturnType<typeof readNetworkConfig>;

/** A network that is being started, or that runs. */
interface Start {
  readonly terminal: Terminal;
  readonly environment: Environment;
  readonly config: NetworkConfig;
  readonly options: StartOptions;
  /** The partners that are started. */
  readonly ours: readonly Partner[];
  /** The same by process: all in one, or those of each folder, so that one folder can be restarted. */
  readonly groups: ReadonlyMap<string, readonly Partner[]>;
  /** The codes of partners that cannot start. */
  readonly failed: Set<string>;
  readonly children: Map<string, Child>;
  /** Resolves when the command is told to end. */
  readonly told: Promise<undefined>;
}

/**
 * The command `npm start`: all partners in one process and the hub in others, on this machine. Ends
 * when it is told to. A partner that cannot start is left out and reported; the others start.
 * @throws `StartError` if the hub or all partners cannot start, or if a process ends too early;
 * `UsageError`, `ConfigError`. No process is left running.
 */
export async function start(
  argv: readonly string[],
  terminal: Terminal,
  environment?: Environment,
): Promise<void> {
  const env = environmentWith(defaults, environment);
  const config = readNetworkConfig(env);
  if (config.certificateFiles.served) throw new ConfigError(withoutTls);
  const options = readStartOptions(argv, config.network, terminal.tell);
  await using _ = await takeFolder(config.dataDir);
  const local = config.network.partners.filter(isLocal);
  const wanted = local.filter(({ code }) => !options.without.includes(code));
  // Also of partners that are left out, because each can be started by itself. Of a partner
  // elsewhere, only the public keys are here.
  const keyErrors = await ensureEmbeddedKeys(config.dataDir, local);
  const ours = wanted.filter(({ code }) => !keyErrors.has(code));
  const network: Start = {
    terminal,
    environment: env,
    config,
    options,
    ours,
    groups: new Map(
      terminal.develop
        ? ours.map(({ subgraph }) => [subgraph, ours.filter((one) => one.subgraph === subgraph)])
        : [['partners', ours]],
    ),
    failed: new Set(),
    children: new Map(),
    told: untilFired(terminal.stop),
  };
  for (const { code } of wanted) {
    const reason = keyErrors.get(code);
    if (reason !== undefined) leaveOut(network, code, reason);
  }
  if (ours.length === 0 && wanted.length > 0) throw new StartError('No partner can start.');
  try {
    const url = await startAll(network);
    if (url && !terminal.stop.aborted) await run(network, url);
  } finally {
    // The hub stops first, because its requests in flight need the partners.
    const { children } = network;
    await children.get('hub')?.stop(firstDrainMs);
    await Promise.all([...children.values()].map((child) => child.stop(lastDrainMs)));
  }
}

function leaveOut({ failed, terminal }: Start, code: string, reason: string): void {
  failed.add(code);
  terminal.tell(`  ${code.padEnd(5)} cannot start: ${reason}`);
}

/** Starts all processes. Returns the hub’s URL. */
async function startAll(network: Start): Promise<string | undefined> {
  const { terminal, options, ours } = network;
  // The hub loads while the partners start, and begins when they are ready.
  const hub = startHub(network);
  if (ours.length > 0) {
    terminal.tell(describeStart(ours.length, options.factsOnly));
    await orEnd(network, startPartners(network));
  }
  hub.begin();
  const [url] = (await orEnd(network, hub.ready)) ?? [];
  return url;
}

function startHub({ config, options, environment, children }: Start): Child {
  const hub = startChild({
    name: 'the hub',
    file: join(packageFolder, 'dist', 'main.js'),
    args: ['serve', '--workers', String(options.workers ?? config.workers)],
    environment,
    servers: 1,
  });
  children.set('hub', hub);
  return hub;
}

/** @throws `StartError` if no partner can start */
async function startPartners(network: Start): Promise<void> {
  const groups = [...network.groups.keys()].map((group) => startGroup(network, group).ready);
  const started = await Promise.allSettled(groups);
  const [first] = started;
  if (first?.status === 'rejected' && started.every(({ status }) => status === 'rejected'))
    throw first.reason;
}

function startGroup(network: Start, group: string): Child {
  const { groups, environment, terminal, children } = network;
  const partners = groups.get(group) ?? [];
  const child = startChild({
    name: group === 'partners' ? 'the partners' : group,
    file: join(dirname(packageFolder), 'subgraphs', 'dist', 'embedded.js'),
    args: listPartnersFlags(network, partners),
    environment,
    flags: partnersFlags,
    servers: partners.length,
    onReady: (code, url) => terminal.tell(`  ${code.padEnd(5)} ${url}`),
    onFailed: (code, reason) => leaveOut(network, code, reason),
  });
  children.set(group, child);
  return child;
}

function listPartnersFlags(
  { config, options, environment }: Start,
  partners: readonly Partner[],
): string[] {
  const { dataDir, port, logLevel } = config;
  return [
    '--data',
    dataDir,
    '--hub-url',
    `http://127.0.0.1:${port}/graphql`,
    '--log-level',
    logLevel,
    ...(options.factsOnly ? ['--facts-only'] : []),
    ...(options.newDatabase || environment['HUB_NEW_DATABASE'] === 'true'
      ? ['--new-database']
      : []),
    ...partners.flatMap((partner) => ['--partner', describePlace(partner)]),
  ];
}

/** Waits, but not after the command is told to end, or after a process has ended. */
const orEnd = <T>({ told, children }: Start, work: Promise<T>): Promise<T | undefined> =>
  Promise.race([work, told, ...[...children.values()].map(({ failed }) => failed)]);

/** Runs the started network until the command is told to end. */
async function run(network: Start, url: string): Promise<void> {
  const { terminal, config, ours, groups, failed, children, told } = network;
  const { tell, stop, onReload, develop } = terminal;
  const reload = () => children.get('hub')?.reload();
  onReload?.(reload);
  const absent = config.network.partners.filter(
    (partner) => !ours.includes(partner) || failed.has(partner.code),
  );
  tell(
    describeStarted(
      url,
      absent.map(({ code }) => code),
    ),
  );
  const restart = (part: string) => restartPart(network, part);
  const folders = [...groups.keys()];
  if (develop) await Promise.race([develop({ folders, restart, reload, stop }), told]);
  else await orEnd(network, told);
}

async function restartPart(network: Start, part: string): Promise<void> {
  const { children, terminal, told } = network;
  await children.get(part)?.stop(part === 'hub' ? firstDrainMs : lastDrainMs);
  if (terminal.stop.aborted) return;
  const child = part === 'hub' ? startHub(network) : startGroup(network, part);
  child.begin();
  await Promise.race([child.ready, told]);
}

/**
 * Two starts on one folder would write the same databases and logs, and each would undo the other’s
 * repairs.
 */
async function takeFolder(dataDir: string): Promise<AsyncDisposable> {
  closeDataFolder(dataDir);
  const held = await holdFolder(dataDir);
  if (held) return held;
  throw new StartError(
    `Another \`npm start\` uses the data folder ${dataDir}. Stop it first, or set HUB_DATA_DIR to another folder.`,
  );
}

/** Whether `npm start` starts its server. */
const isLocal = ({ url, isAdded, membership }: Partner): boolean =>
  !isAdded &&
  membership?.state !== 'REMOVED' &&
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

const describePlace = ({ code, subgraph, url }: Partner): string =>
  `${code}=${subgraph}:${new URL(url).port}`;

function untilFired(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
