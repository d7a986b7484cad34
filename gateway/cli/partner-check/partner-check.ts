import { createKeyStore } from '@hub/shared/identity';
import { ManifestError } from '@hub/shared/records';
import { replaceFile, type Environment, type TlsSettings } from '@hub/shared/system';
import { Option, type Command } from 'commander';
import { UsageError, readNetworkConfig, readPath, resolveTarget } from '../../config.js';
import { findContract, readContracts } from '../../registry/contracts.js';
import { openRegistryFiles } from '../../registry/files/served-graph.js';
import { createHubKeys, createNetworkKeys } from '../../registry/network-keys.js';
import { NetworkError } from '../../registry/network.js';
import { mustBe, readUrl, type Say, type Terminal } from '../define-command.js';
import { readManifest } from '../membership/read-manifest.js';
import { createFetch } from '../tls-fetch.js';
import { createCertifier, type CertifierOptions } from './certifier.js';
import { printReport, runCheck } from './run-check.js';
import { signResults } from './sign-results.js';

interface CheckOptions {
  readonly partner?: string;
  readonly contract?: string;
  readonly keys?: string;
  readonly sign?: string;
  readonly days: number;
  readonly proposal?: string;
  readonly json?: true;
}

const readDays = mustBe((text) => {
  const days = Number(text);
  return Number.isInteger(days) && days >= 1 && days <= 366 ? days : undefined;
}, '--days must be from 1 to 366.');

const outline = `
Without --partner, --contract and --keys, the network file must have the URL. It ends with 0 if no rule
is broken, and with 1 otherwise.`;

/** Adds `check`: tells a partner’s engineers which rules their running server breaks. */
export function addCheck(command: Command, { say, environment, end }: Terminal): void {
  command
    .command('check')
    .summary('questions and attacks a running partner')
    .description(
      'Questions and attacks a running partner as a certifier would, and only reads. Needs the hub’s private keys.',
    )
    .argument('<url>', 'the partner’s GraphQL endpoint', readUrl)
    .option('--partner <code>', 'its code')
    .option(
      '--contract <name>',
      'the contract that it serves. If the hub has none of the name: what the partner publishes',
    )
    .option('--keys <file>', 'its public keys')
    .option(
      '--sign <file>',
      'writes a statement of the results, signed by the hub, which the partner can publish',
    )
    .option('--days <number>', 'for how many days the statement is valid, 1 to 366', readDays, 90)
    // A statement is about what the network has agreed on.
    .addOption(
      new Option(
        '--proposal <number>',
        'checks it by a proposed next version of its contract (hub contract list)',
      ).conflicts('sign'),
    )
    .option('--json', 'prints the results as JSON')
    .addHelpText('after', outline)
    .action(async (url: string, options: CheckOptions) =>
      end(await checkPartner(await readSubject(url, options, environment), options, say)),
    );
}

/** Whom to check: a partner of the network file, or a newcomer of the command line. */
async function readSubject(
  url: string,
  { partner, contract, keys, sign, proposal }: CheckOptions,
  environment: Environment | undefined,
) {
  const { network, dataDir, privateKeys, certificateFiles } = readNetworkConfig(environment);
  const hubKeys = createHubKeys(privateKeys);
  const known = network.partners.find(
    (each) => each.code === partner || (!partner && new URL(each.url).href === url),
  );
  const code = partner ?? known?.code;
  const subgraph = contract ?? known?.subgraph;
  const partnerKeys = keys
    ? createKeyStore({ files: new Map([[code ?? '', readPath(keys, environment)]]) })
    : known && createNetworkKeys(dataDir, network);
  if (!code || !subgraph || !partnerKeys) {
    throw new UsageError(
      `The network file has no partner at ${url}. Give --partner, --contract and --keys.`,
    );
  }
  const options: Subject = {
    code,
    url,
    subgraph,
    hubKeys,
    partnerKeys,
    contracts: readContracts(network, dataDir),
    fetchBy: createFetch(certificateFiles),
    ...(known && { deadlineMs: known.deadlineMs }),
  };
  const target = sign === undefined ? undefined : resolveTarget(sign, environment);
  const contractSdl =
    proposal === undefined
      ? await readSdl({ ...options, certificateFiles }, dataDir)
      : readProposal(proposal, subgraph, dataDir);
  return { certified: { ...options, contractSdl }, target };
}

/** Returns the exit code: 0, or 1 if a rule is broken. */
async function checkPartner(
  { certified, target }: Awaited<ReturnType<typeof readSubject>>,
  { json, days }: CheckOptions,
  print: Say,
): Promise<number> {
  const certifier = await createCertifier(certified);
  const results = await runCheck(certifier);
  print(json ? JSON.stringify(results, null, 2) : printReport(results));
  if (target !== undefined) {
    const conformance = await signResults(results, certifier, { days, now: new Date() });
    await replaceFile(target, `${JSON.stringify({ conformance })}\n`);
    if (!json) print(`The signed statement is in ${target}, valid for ${days} days.`);
  }
  return results.some(({ result }) => result === 'broken') ? 1 : 0;
}

type Subject = Omit<CertifierOptions, 'contractSdl'>;

/** The contract, or what a partner of a new kind publishes. */
async function readSdl(
  {
    subgraph,
    code,
    url,
    partnerKeys,
    certificateFiles,
    deadlineMs = 5_000,
  }: Subject & { readonly certificateFiles: TlsSettings },
  dataDir: string,
): Promise<string> {
  try {
    return findContract(subgraph, dataDir).sdl;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    const published = await readManifest(
      { code, url, deadlineMs, certificateFiles },
      partnerKeys,
    ).catch((cause: unknown) => {
      if (cause instanceof ManifestError) return undefined;
      throw cause;
    });
    if (published?.subgraph === subgraph) return published.schema;
    throw new UsageError(`${error.message} The server publishes none either.`);
  }
}

function readProposal(number: string, subgraph: string, dataDir: string): string {
  const proposal = openRegistryFiles(dataDir).proposals.read(Number(number));
  if (proposal?.contract === subgraph) return proposal.sdl;
  throw new UsageError(`There is no proposal ${number} for the contract ${subgraph}.`);
}
