import type { Environment } from '@hub/shared/config';
import { closeDataFolder } from '@hub/shared/files';
import { holdFolder } from '@hub/shared/storage';
import { dirname, join } from 'node:path';
import { environmentWith, readNetworkConfig } from '../../config.js';
import { ensureEmbeddedKeys } from '../../registry/network-keys.js';
import type { Partner } from '../../registry/network.js';
import { packageFolder } from '../../registry/package-folder.js';
import { partnersFlags } from '../../workers/worker-flags.js';
import { startChild, StartError, type Child } from './child.js';
import { describeStart, describeStarted } from './start-messages.js';
import { readStartOptions } from './start-options.js';
import { findPortFaults, type WantedPort } from './used-ports.js';

/** An orderly shutdown may take ten seconds. The hub gets most of it, its partners the rest. */
const firstDrainMs = 8_500;
const lastDrainMs = 1_000;

/** For a first try: introspection and the sandbox are on, and the log shows only warnings. */
const defaults = { LOG_LEVEL: 'warn', HUB_INTROSPECTION: 'true', HUB_SANDBOX: 'true' };

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
  /** @throws `StartError` if the process does not start */
  restart(part: 'hub' | 'partners'): Promise<void>;
  /** Makes the hub read the network file and the contracts again. */
  reload(): void;
  readonly stop: AbortSignal;
}

/**
 * The command `npm start`: all partners in one process and the hub in others, on this machine. Ends
 * when it is told to. A partner that cannot start is left out and reported; the others start.
 * @throws `StartError` if the hub or all partners cannot start, or if a process ends too early;
 * `UsageError`, `ConfigError`. No process is left running.
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
    tell(`  ${code.padEnd(5)} cannot start: ${reason}`);
  };
  // Also of partners that are left out, because each can be started by itself. Of a partner
  // elsewhere, only the public keys are here.
  const keyFaults = await ensureEmbeddedKeys(dataDir, local);
  const ours = wanted.filter(({ code }) => {
    const fault = keyFaults.get(code);
    if (fault) leaveOut(code, fault);
    return !fault;
  });
  if (ours.length === 0 && wanted.length > 0) throw new StartError('No partner can start.');

  /** The hub stops first, because its requests in flight need the partners. */
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
  /** Waits, but not after the command is told to end, or after a process has ended. */
  const orEnd = <T>(work: Promise<T>) =>
    Promise.race([work, told, ...Object.values(children).map(({ failed }) => failed)]);
  try {
    // The hub loads while the partners start, and begins when they are ready.
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

const isLocal = ({ url }: Partner): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

const describePlace = ({ code, subgraph, url }: Partner): string =>
  `${code}=${subgraph}:${new URL(url).port}`;

const describeHubPort = ({ port, host }: { port: number; host: string }): WantedPort => ({
  port,
  host,
  owner: 'the hub',
  advice: 'Stop the other program, or set HUB_PORT to another port.',
});

const describePort = ({ code, name, url }: Partner): WantedPort => ({
  port: Number(new URL(url).port),
  host: '127.0.0.1',
  owner: `${code} (${name})`,
  advice: `Stop the other program, or leave ${code} out: npm start -- --without ${code}`,
});

function untilFired(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
