import { hubIssuer } from '@hub/shared/identity';
import {
  describeFileError,
  keepFilesPrivate,
  UserError,
  type Environment,
} from '@hub/shared/system';
import { join } from 'node:path';
import { isRunByNpm, readConfig, readNetworkConfig, UsageError } from '../config.js';
import { hasLostTerminal } from '../process/workers/terminal.js';
import { ensureSigningKey } from '../registry/network-keys.js';
import { HelpShown, type RunCommand } from './define-command.js';
import type { Terminal } from './start/start.js';

/**
 * The command `token`: signs a token with the organisation’s keys in the data folder. Creates them
 * if they are missing.
 * @throws `UsageError`; `ConfigError` if the environment is invalid; `KeyFileError` if half of the
 * keys are missing
 */
export async function createNetworkToken(
  argv: readonly string[],
  environment?: Environment,
): Promise<string> {
  const { createToken } = await import('@hub/shared/partner');
  const { network, dataDir } = readNetworkConfig(environment);
  return createToken(argv, {
    organisations: network.partners.map(({ code }) => code),
    findKey: (organisation) => ensureSigningKey(dataDir, organisation),
  });
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** Runs a command, prints errors that the user can act on, and returns the exit code. */
async function run(command: () => Promise<number | void>, failed = 1): Promise<number> {
  keepFilesPrivate();
  try {
    return (await command()) ?? 0;
  } catch (error) {
    if (error instanceof HelpShown) return 0;
    const message = error instanceof UserError ? error.message : describeFileError(error, 'A file');
    if (message === undefined) throw error;
    complain(message);
    return error instanceof UsageError ? 2 : failed;
  }
}

/**
 * Aborts when this process is told to end, or when npm, which runs it, has ended without a signal.
 */
function watchForStop(stopping: AbortController): void {
  // Not `once`: Ctrl-C may come from the terminal and from npm, and the second signal would end the
  // process at once.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopping.abort());
  const parent = process.ppid;
  const look = () => process.ppid !== parent && stopping.abort();
  if (isRunByNpm()) setInterval(look, 1_000).unref();
}

/** `npm start` */
export function runStart(argv: readonly string[]): Promise<number> {
  return runNetwork(argv, {});
}

/** `npm run dev` */
export function runDev(argv: readonly string[]): Promise<number> {
  return runNetwork(argv, {
    develop: async (network) => (await import('./start/dev.js')).develop(network, say),
  });
}

async function runNetwork(
  argv: readonly string[],
  { develop }: Pick<Terminal, 'develop'>,
): Promise<number> {
  const stop = new AbortController();
  watchForStop(stop);
  // Until the hub has started, there is nothing to reload.
  let reloadHub = (): void => undefined;
  process.on('SIGHUP', () => (hasLostTerminal() ? stop.abort() : reloadHub()));
  const { start } = await import('./start/start.js');
  const code = await run(() =>
    start(argv, {
      tell: say,
      stop: stop.signal,
      onReload: (reload) => (reloadHub = reload),
      develop,
    }),
  );
  process.exit(code);
}

/** `npm run token` */
export function runToken(argv: readonly string[]): Promise<number> {
  return run(() => ofKit((words) => createNetworkToken(words))(argv, say));
}

/** A command that the partners’ folders have too. It reads its own words. */
const ofKit =
  (command: (argv: readonly string[]) => Promise<string>): RunCommand =>
  async (argv, tell) => {
    const asksForHelp = argv.includes('--help') || argv.includes('-h');
    const text = await command(argv).catch((error: unknown) => {
      if (!asksForHelp || !(error instanceof UsageError)) throw error;
      return error.message.slice(error.message.indexOf('Usage:'));
    });
    tell(text);
    return 0;
  };

/**
 * The command `keys`, for the hub’s own keys or those of any organisation in a folder.
 * @throws `UsageError`, or `KeyFileError` with what to do
 */
async function runNetworkKeysCommand(argv: readonly string[]): Promise<string> {
  const { runKeysCommand } = await import('@hub/shared/partner');
  const { dataDir } = readConfig(undefined, []);
  return runKeysCommand(argv, { code: hubIssuer, folder: join(dataDir, 'keys') });
}

/** A command whose code is loaded when it runs. */
const load =
  (find: () => Promise<RunCommand>): RunCommand =>
  async (...given) =>
    (await find())(...given);

/** By name. */
export const commands: Readonly<Record<string, RunCommand>> = {
  partner: load(async () => (await import('./membership/partner-commands.js')).runPartnerCommand),
  contract: load(async () => (await import('./contract/contract-commands.js')).runContractCommand),
  release: load(async () => (await import('./graph/releases.js')).runReleaseCommand),
  keys: ofKit(runNetworkKeysCommand),
  status: load(async () => (await import('./status/status.js')).showStatus),
  doctor: load(async () => (await import('./doctor/doctor.js')).diagnose),
  explain: load(async () => (await import('./explain/explain.js')).explain),
  supergraph: load(async () => (await import('./graph/supergraph.js')).printSupergraph),
  disclosures: ofKit(async (argv) =>
    (await import('./records/disclosures.js')).runNetworkRecordCommand(argv),
  ),
  administration: load(
    async () => (await import('./records/administration.js')).runAdministrationCommand,
  ),
  heads: load(async () => (await import('./records/heads.js')).runHeadsCommand),
  evidence: load(async () => (await import('./records/evidence.js')).runEvidenceCommand),
  backup: load(async () => (await import('./records/back-up.js')).makeBackUp),
  restore: load(async () => (await import('./records/back-up.js')).restore),
  deploy: load(async () => (await import('./deploy/deploy.js')).deploy),
};

/** The exit code of a check that cannot be made. */
const notChecked = 3;

/** `npm run hub -- NAME …` */
export function runHubCommand(name: string, argv: readonly string[]): Promise<number> {
  const command = commands[name];
  if (!command) throw new Error(`There is no command ${name}.`);
  const isChecking = name === 'doctor' || name === 'status';
  return run(() => command(argv, say), isChecking ? notChecked : 1);
}
