import { hubIssuer } from '@hub/shared/identity';
import { createToken, runKeysCommand } from '@hub/shared/partner';
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
import { runContractCommand } from './contract/contract-commands.js';
import { HelpShown, type RunCommand } from './define-command.js';
import { deploy } from './deploy/deploy.js';
import { diagnose, exitCodes } from './doctor/doctor.js';
import { explain } from './explain/explain.js';
import { runReleaseCommand } from './graph/releases.js';
import { printSupergraph } from './graph/supergraph.js';
import { runPartnerCommand } from './membership/partner-commands.js';
import { runAdministrationCommand } from './records/administration.js';
import { makeBackUp, restore } from './records/back-up.js';
import { runNetworkRecordCommand } from './records/disclosures.js';
import { runEvidenceCommand } from './records/evidence.js';
import { runHeadsCommand } from './records/heads.js';
import { develop } from './start/dev.js';
import { start, type Terminal } from './start/start.js';
import { showStatus } from './status/status.js';

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
  return runNetwork(argv, { develop: (network) => develop(network, say) });
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
function runNetworkKeysCommand(argv: readonly string[]): Promise<string> {
  const { dataDir } = readConfig(undefined, []);
  return runKeysCommand(argv, { code: hubIssuer, folder: join(dataDir, 'keys') });
}

/** By name. */
export const commands: Readonly<Record<string, RunCommand>> = {
  partner: runPartnerCommand,
  contract: runContractCommand,
  release: runReleaseCommand,
  keys: ofKit(runNetworkKeysCommand),
  status: showStatus,
  doctor: diagnose,
  explain,
  supergraph: printSupergraph,
  disclosures: ofKit((argv) => runNetworkRecordCommand(argv)),
  administration: runAdministrationCommand,
  heads: runHeadsCommand,
  evidence: runEvidenceCommand,
  backup: makeBackUp,
  restore,
  deploy,
};

/** `npm run hub -- NAME …` */
export function runHubCommand(name: string, argv: readonly string[]): Promise<number> {
  const command = commands[name];
  if (!command) throw new Error(`There is no command ${name}.`);
  const isChecking = name === 'doctor' || name === 'status';
  return run(() => command(argv, say), isChecking ? exitCodes.notChecked : 1);
}
