import { KeyFileError } from '@hub/shared/identity';
import { DisclosuresError } from '@hub/shared/partner';
import { EvidenceError, ManifestError } from '@hub/shared/records';
import { BackUpError, DatabaseRefused } from '@hub/shared/storage';
import { ConfigError, describeFileError, keepFilesPrivate, OpenToOthers } from '@hub/shared/system';
import { isRunByNpm, UsageError } from '../config.js';
import { NetworkError } from '../registry/network.js';
import { FanOutRuleError } from '../routing/rules/fan-out-rules.js';
import { hasLostTerminal } from '../workers/terminal.js';
import { makeBackUp, restore } from './back-up.js';
import { runContractCommand } from './contract/contract-commands.js';
import { ContractError } from './contract/contract-error.js';
import { deploy } from './deploy/deploy.js';
import { DoctorError } from './doctor/doctor-error.js';
import { diagnose, exitCodes } from './doctor/doctor.js';
import { explain } from './explain/explain.js';
import { ReleaseError, runReleaseCommand } from './graph/releases.js';
import { printSupergraph } from './graph/supergraph.js';
import { runNetworkKeysCommand } from './keys.js';
import { MembershipError } from './membership/membership-error.js';
import { runMembershipCommand } from './membership/partner-commands.js';
import { checkPartner } from './partner-check/partner-check.js';
import { AdministrationError, runAdministrationCommand } from './records/administration.js';
import { runNetworkRecordCommand } from './records/disclosures.js';
import { runEvidenceCommand } from './records/evidence.js';
import { HeadsError, runHeadsCommand } from './records/heads.js';
import { StartError } from './start/child.js';
import { develop } from './start/dev.js';
import { start, type Terminal } from './start/start.js';
import { StatusError } from './status/ask-status.js';
import { showStatus } from './status/status.js';
import { createNetworkToken } from './token.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** Runs a command, prints errors that the user can act on, and returns the exit code. */
async function run(command: () => Promise<number | void>, failed = 1): Promise<number> {
  keepFilesPrivate();
  try {
    return (await command()) ?? 0;
  } catch (error) {
    const isExpected = [
      UsageError,
      ConfigError,
      OpenToOthers,
      KeyFileError,
      StartError,
      DisclosuresError,
      BackUpError,
      DatabaseRefused,
      DoctorError,
      MembershipError,
      ContractError,
      ManifestError,
      NetworkError,
      FanOutRuleError,
      StatusError,
      ReleaseError,
      AdministrationError,
      HeadsError,
      EvidenceError,
    ].some((kind) => error instanceof kind);
    const message = isExpected ? (error as Error).message : describeFileError(error, 'A file');
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
  return run(async () => say(await createNetworkToken(argv)));
}

/** `npm run hub -- disclosures` */
export function runDisclosures(argv: readonly string[]): Promise<number> {
  return run(async () => say(await runNetworkRecordCommand(argv)));
}

/** `npm run hub -- keys` */
export function runKeys(argv: readonly string[]): Promise<number> {
  return run(async () => say(await runNetworkKeysCommand(argv)));
}

/** `npm run hub -- partner` */
export function runPartnerCommand(argv: readonly string[]): Promise<number> {
  return run(() =>
    argv[0] === 'check' ? checkPartner(argv, say) : runMembershipCommand(argv, say),
  );
}

/** `npm run hub -- contract` */
export function runContract(argv: readonly string[]): Promise<number> {
  return run(() => runContractCommand(argv, say));
}

/** `npm run hub -- release` */
export function runRelease(argv: readonly string[]): Promise<number> {
  return run(async () => say(await runReleaseCommand(argv)));
}

/** `npm run hub -- administration` */
export function runAdministration(argv: readonly string[]): Promise<number> {
  return run(async () => say(runAdministrationCommand(argv)));
}

/** `npm run hub -- heads` */
export function runHeads(argv: readonly string[]): Promise<number> {
  return run(async () => say(await runHeadsCommand(argv)));
}

/** `npm run hub -- evidence` */
export function runEvidence(argv: readonly string[]): Promise<number> {
  return run(async () => say(await runEvidenceCommand(argv)));
}

/** `npm run hub -- backup` */
export function runBackUp(argv: readonly string[]): Promise<number> {
  return run(async () => say(await makeBackUp(argv)));
}

/** `npm run hub -- restore` */
export function runRestore(argv: readonly string[]): Promise<number> {
  return run(async () => say(await restore(argv)));
}

/** `npm run hub -- deploy` */
export function runDeploy(argv: readonly string[]): Promise<number> {
  return run(async () => say(await deploy(argv)));
}

/** `npm run hub -- doctor` */
export function runDoctor(argv: readonly string[]): Promise<number> {
  return run(() => diagnose(argv, say), exitCodes.notChecked);
}

/** `npm run hub -- status` */
export function runStatus(argv: readonly string[]): Promise<number> {
  return run(() => showStatus(argv, say), exitCodes.notChecked);
}

/** `npm run hub -- explain` */
export function runExplain(argv: readonly string[]): Promise<number> {
  return run(() => explain(argv, say));
}

/** `npm run hub -- supergraph` */
export function runSupergraph(argv: readonly string[]): Promise<number> {
  return run(() => {
    printSupergraph(argv, say);
    return Promise.resolve();
  });
}
