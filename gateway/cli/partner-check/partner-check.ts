import { createKeyStore } from '@hub/shared/identity';
import { ManifestError } from '@hub/shared/records';
import { replaceFile, type Environment, type TlsSettings } from '@hub/shared/system';
import { parseArgs } from 'node:util';
import { readNetworkConfig, readPath, resolveTarget, UsageError } from '../../config.js';
import { openRegistryFiles } from '../../registry-files/served-graph.js';
import { findContract, readContracts } from '../../registry/contracts.js';
import { createHubKeys, createNetworkKeys } from '../../registry/network-keys.js';
import { NetworkError } from '../../registry/network.js';
import { readManifest } from '../membership/read-manifest.js';
import { createFetch } from '../tls-fetch.js';
import { createCertifier, type CertifierOptions } from './certifier.js';
import { printReport, runCheck } from './run-check.js';
import { signResults } from './sign-results.js';

const usage = `Usage: npm run hub -- partner check URL [--sign FILE] [--days N] [--json]
       npm run hub -- partner check URL --partner CODE --contract NAME --keys FILE [--sign FILE] [--days N] [--json]

  Questions and attacks a running partner as a certifier would, and only reads. Needs the hub’s private keys.

  URL              the partner’s GraphQL endpoint
  --partner CODE   its code, if the network file does not have this URL
  --contract NAME  the contract that it serves. If the hub has none of the name: what the partner publishes
  --keys FILE      its public keys
  --sign FILE      writes a statement of the results, signed by the hub, which the partner can publish
  --days N         for how many days the statement is valid, 1 to 366 (90)
  --proposal N     checks it by a proposed next version of its contract (hub contract list)
  --json           prints the results as JSON

It ends with 0 if no rule is broken, and with 1 otherwise.`;

function readArguments(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        partner: text,
        contract: text,
        keys: text,
        sign: text,
        days: { type: 'string', default: '90' },
        proposal: text,
        json: { type: 'boolean', default: false },
      },
    });
    const [command, url, ...others] = positionals;
    if (command !== 'check' || url === undefined || others.length > 0)
      throw new Error('Give the URL of one partner.');
    if (!URL.canParse(url)) throw new Error(`${url} is not a URL.`);
    const days = Number(values.days);
    if (!(Number.isInteger(days) && days >= 1 && days <= 366))
      throw new Error('--days must be from 1 to 366.');
    // A statement is about what the network has agreed on.
    if (values.sign !== undefined && values.proposal !== undefined)
      throw new Error('--sign and --proposal do not go together.');
    return { ...values, days, url: new URL(url).href };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}

/** Whom to check: a partner of the network file, or a newcomer of the command line. */
async function readSubject(argv: readonly string[], environment?: Environment) {
  const { url, partner, contract, keys, sign, days, proposal, json } = readArguments(argv);
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
      `The network file has no partner at ${url}. Give --partner, --contract and --keys.\n\n${usage}`,
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
  return { options: { ...options, contractSdl }, json, target, days };
}

/**
 * The command `partner check`: tells a partner’s engineers which rules their running server breaks.
 * @returns the exit code: 0, or 1 if a rule is broken
 * @throws `UsageError`, or `KeyFileError` if keys are missing
 */
export async function checkPartner(
  argv: readonly string[],
  print: (line: string) => void,
  environment?: Environment,
): Promise<number> {
  const { options, json, target, days } = await readSubject(argv, environment);
  const certifier = await createCertifier(options);
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
    throw new UsageError(`${error.message} The server publishes none either.\n\n${usage}`);
  }
}

function readProposal(number: string, subgraph: string, dataDir: string): string {
  const proposal = openRegistryFiles(dataDir).proposals.read(Number(number));
  if (proposal?.contract === subgraph) return proposal.sdl;
  throw new UsageError(`There is no proposal ${number} for the contract ${subgraph}.\n\n${usage}`);
}
