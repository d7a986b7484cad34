import type { Environment } from '@hub/shared/config';
import { closeDataFolder } from '@hub/shared/files';
import { holdFolder } from '@hub/shared/storage';
import { dirname, join } from 'node:path';
import { environmentWith, readNetworkConfig } from '../config.js';
import { ensureEmbeddedKeys } from '../registry/network-keys.js';
import type { Partner } from '../registry/network.js';
import { packageFolder } from '../registry/package-folder.js';
import { partnersFlags } from '../workers/worker-flags.js';
import { startChild, StartError, type Child } from './child.js';
import { describeStart, describeStarted } from './start-messages.js';
import { readStartOptions } from './start-options.js';
import { findPortFaults, type WantedPort } from './used-ports.js';

/** The hub gets the most of the ten seconds that an orderly end may take, its partners what is left. */
const firstDrainMs = 8_500;
const lastDrainMs = 1_000;

/** For trying things out: everything can be looked at, and a terminal is no place for a log. */
const defaults = { LOG_LEVEL: 'warn', HUB_INTROSPECTION: 'true', HUB_SANDBOX: 'true' };

export interface Terminal {
  readonly tell: (line: string) => void;
  /** Fires when the command is told to end. */
  readonly stop: AbortSignal;
  /** Takes what is to be done when the command is told to reload. @default it never is */
  readonly onReload?: (reload: () => void) => void;
  /** Runs once the network has started, with the means to restart its parts. @default they run until the command is told to end */
  readonly develop?: (network: RunningNetwork) => Promise<void>;
}

/** The processes of a network. A part that does not start again stays down until it is restarted. */
export interface RunningNetwork {
  /** @throws `StartError` when the process does not start */
  restart(part: 'hub' | 'partners'): Promise<void>;
  /** Has the hub load the network file and the contracts anew. */
  reload(): void;
  readonly stop: AbortSignal;
}

/**
 * The command `npm start`: all partners in one process, the hub in others, on this machine. Ends when it is told to.
 * A partner that cannot start is left out and named: the others start.
 * @throws `StartError` when the hub or no partner can start, or a process ends before it was told to; `UsageError`, `ConfigError`.
 * Nothing is left running either way.
 */
export async function start(
  argv: readonly string[],
  { tell, stop, onReload, develop }: Terminal,
  environment?: Environment,
): Promise<void> {
  const env = environmentWith(defaults, environment);
  const config = readNetworkConfig(env);
  const { network, dataDir, logLevel } = config;
  const {
    without,
    factsOnly,
    newDatabase,
    workers = config.workers,
  } = readStartOptions(argv, network);
  await using _ = await takeFolder(dataDir);
  const local = network.partners.filter(isLocal);
  const wanted = local.filter(({ code }) => !without.includes(code));
  const faults = await findPortFaults([describeHubPort(config), ...wanted.map(describePort)]);
  if (faults.length > 0) throw new StartError(faults.join('\n'));
  const failed = new Set<string>();
  const leaveOut = (code: string, reason: string) => {
    failed.add(code);
    tell(`  ${code.padEnd(5)} does not start: ${reason}`);
  };
  // Also of those that are left out: each may be started by itself. Of one elsewhere only the public keys are here.
  const keyFaults = await ensureEmbeddedKeys(dataDir, local);
  const ours = wanted.filter(({ code }) => {
    const fault = keyFaults.get(code);
    if (fault) leaveOut(code, fault);
    return !fault;
  });
  if (ours.length === 0 && wanted.length > 0) throw new StartError('No partner can start.');

  /** The hub first: what it still has under way needs its partners. */
  const children: { hub?: Child; partners?: Child } = {};
  const startHub = () =>
    (children.hub = startChild({
      name: 'the hub',
      file: join(packageFolder, 'dist', 'main.js'),
      args: ['serve', '--workers', String(workers)],
      environment: env,
      servers: 1,
    }));
  const flags = [
    '--data',
    dataDir,
    '--hub-url',
    `http://127.0.0.1:${config.port}/graphql`,
    '--log-level',
    logLevel,
    ...(factsOnly ? ['--facts-only'] : []),
    ...(newDatabase || env['HUB_NEW_DATABASE'] === 'true' ? ['--new-database'] : []),
  ];
  const startPartners = () =>
    (children.partners = startChild({
      name: 'the partners',
      file: join(dirname(packageFolder), 'subgraphs', 'dist', 'embedded.js'),
      args: [...flags, ...ours.flatMap((partner) => ['--partner', describePlace(partner)])],
      environment: env,
      flags: partnersFlags,
      servers: ours.length,
      onReady: (code, url) => tell(`  ${code.padEnd(5)} ${url}`),
      onFailed: leaveOut,
    }));
  const told = untilFired(stop);
  /** Waits, but no longer than until the command is told to end or a process has ended. */
  const orEnd = <T>(work: Promise<T>) =>
    Promise.race([work, told, ...Object.values(children).map(({ failed }) => failed)]);
  try {
    // It loads while the partners start, and begins when they are ready.
    const hub = startHub();
    if (ours.length > 0) {
      tell(describeStart(ours.length, factsOnly));
      await orEnd(startPartners().ready);
    }
    hub.begin();
    const [url] = (await orEnd(hub.ready)) ?? [];
    if (!url || stop.aborted) return;
    const reload = () => children.hub?.reload();
    onReload?.(reload);
    const absent = network.partners.filter(
      (partner) => !ours.includes(partner) || failed.has(partner.code),
    );
    tell(
      describeStarted(
        url,
        absent.map(({ code }) => code),
      ),
    );
    const restart = async (part: 'hub' | 'partners') => {
      if (part === 'partners' && ours.length === 0) return;
      await children[part]?.stop(part === 'hub' ? firstDrainMs : lastDrainMs);
      if (stop.aborted) return;
      const child = part === 'hub' ? startHub() : startPartners();
      child.begin();
      await Promise.race([child.ready, told]);
    };
    if (develop) await Promise.race([develop({ restart, reload, stop }), told]);
    else await orEnd(told);
  } finally {
    await children.hub?.stop(firstDrainMs);
    await children.partners?.stop(lastDrainMs);
  }
}

/** Two starts on one folder would write the same databases and logs, and each would stop the other’s repairs. */
async function takeFolder(dataDir: string): Promise<AsyncDisposable> {
  closeDataFolder(dataDir);
  const held = await holdFolder(dataDir);
  if (held) return held;
  throw new StartError(
    `Another \`npm start\` uses the data folder ${dataDir}. End it first, or set HUB_DATA_DIR to another folder.`,
  );
}

const isLocal = ({ url }: Partner): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

const describePlace = ({ code, subgraph, url }: Partner): string =>
  `${code}=${subgraph}:${new URL(url).port}`;

const describeHubPort = ({ port, host }: { port: number; host: string }): WantedPort => ({
  port,
  host,
  owner: 'the hub',
  advice: 'Stop what uses it, or set HUB_PORT to another.',
});

const describePort = ({ code, name, url }: Partner): WantedPort => ({
  port: Number(new URL(url).port),
  host: '127.0.0.1',
  owner: `${code} (${name})`,
  advice: `Stop what uses it, or leave ${code} out: npm start -- --without ${code}`,
});

function untilFired(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
