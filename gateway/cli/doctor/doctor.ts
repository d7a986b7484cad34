import { hubIssuer } from '@hub/shared/identity';
import { readNetworkConfig } from '../../config.js';
import { lightestCall } from '../../fan-out/partners/lightest-call.js';
import { createPartnerClient } from '../../fan-out/partners/partner-client.js';
import { readContracts } from '../../registry/contracts.js';
import { createDisclosureHeads } from '../../registry/disclosure-heads.js';
import { createHubKeys, createNetworkKeys, readSigningKey } from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { createRequestSigner } from '../../server/security/sign-request.js';
import { readContractModels } from '../contract-model.js';
import { defineCommand, mustBe, readHttpUrl, type Say } from '../define-command.js';
import { createFetch } from '../tls-fetch.js';
import { examine } from './examine.js';
import { findLookup } from './find-lookup.js';
import { findReferences } from './find-references.js';
import { createFindTargets, ownerOfKey } from './find-targets.js';
import { connectHub } from './hub-connection.js';
import { readKnownReferences } from './known-references.js';
import {
  describeFinding,
  describeSummary,
  type BrokenRecord,
  type Finding,
  type Summary,
  type Unchecked,
} from './report.js';

/**
 * Sends each partner the lightest query, signed with the hub’s keys. Reports partners that refuse
 * it, and why: another key, or clocks that differ. Unavailable partners are found through the hub.
 */
export async function examinePartners(
  network: Network,
  { dataDir, privateKeys }: { readonly dataDir: string; readonly privateKeys: string },
): Promise<readonly Unchecked[]> {
  const ownKeys = createHubKeys(privateKeys);
  const partnerKeys = createNetworkKeys(dataDir, network);
  const unchecked = (partner: string, reason: string): Unchecked[] => [
    { kind: 'not-checked', part: 'the signed connection', partner, reason },
  ];
  const problem = await ownKeys.problemOf(hubIssuer);
  // On a machine without the hub’s keys, the command cannot sign.
  if (problem === 'MISSING') return [];
  if (problem) return unchecked('hub', `OWN_KEYS_${problem}`);
  const sign = createRequestSigner({ ownKeys, partnerKeys });
  const members = network.partners.filter(({ membership }) => membership?.state !== 'REMOVED');
  const found = members.map(async (partner) => {
    const { code } = partner;
    const partnerProblem = await partnerKeys.problemOf(code);
    if (partnerProblem) return unchecked(code, `PARTNER_KEYS_${partnerProblem}`);
    const client = createPartnerClient(partner, (request, reader) => sign(code, request, reader));
    const response = await client.ask(lightestCall('doctor'));
    await client.close();
    if (!('failure' in response)) return response.skew ? unchecked(code, response.skew) : [];
    return response.failure === 'REFUSED' ? unchecked(code, response.reason) : [];
  });
  return (await Promise.all(found)).flat();
}

/** The exit codes, besides 2 for an invalid command line. */
const exitCodes = { allWell: 0, found: 1, notChecked: 3 } as const;

interface DoctorOptions {
  readonly url: string;
  readonly as: string;
  readonly json?: true;
}

/**
 * The command `doctor`: checks every reference between subgraphs through a running hub. It asks
 * each owner whether the record exists, and reports references that lead nowhere, and dates that
 * break the rule TOO_LATE. It changes nothing, and prints only types, ids, fields and these dates.
 * It ends with one of {@link exitCodes}. It throws `UserError` if nothing can be checked, or
 * `KeyFileError` without the caller’s key.
 */
export const diagnose = defineCommand(
  'npm run hub -- doctor',
  (command, { say, environment, end }) => {
    const config = readNetworkConfig(environment);
    const { port, partners } = config.network;
    const known = readKnownReferences();
    const codes = partners.map(({ code }) => code);
    const isCode = (code: string) => (codes.includes(code) ? code : undefined);
    command
      .description('Checks every reference between organisations through a running hub.')
      .option(
        '--url <url>',
        'the URL of the hub',
        mustBe(readHttpUrl, '--url must be an http or https URL.'),
        `http://localhost:${port}/graphql`,
      )
      .option(
        '--as <code>',
        `the organisation in whose name to read, with its key in the data folder: ${codes.join(', ')}`,
        mustBe(isCode, `--as must be one of ${codes.join(', ')}.`),
        known.reader,
      )
      .option('--json', 'one JSON object a line instead of text')
      .addHelpText(
        'after',
        '\nIt ends with 0 if all is well, with 1 if something was found, and with 3 if not everything could be checked.',
      )
      .action(async (options: DoctorOptions) => end(await examineAll(options, config, say)));
  },
);

async function examineAll(
  { url, as: reader, json }: DoctorOptions,
  { network, dataDir, privateKeys, certificateFiles }: ReturnType<typeof readNetworkConfig>,
  tell: Say,
): Promise<number> {
  const known = readKnownReferences();
  const models = readContractModels(readContracts(network, dataDir));
  const tellFinding = (finding: Finding) =>
    tell(json ? JSON.stringify(finding) : describeFinding(finding));
  const ask = connectHub({
    url,
    reader,
    key: await readSigningKey(dataDir, reader),
    fetchBy: createFetch(certificateFiles),
  });
  const ownerOf = (type: string, key: string) => {
    const contract = models.ownerOf(type)?.name;
    const owners = network.partners.filter(({ subgraph }) => subgraph === contract);
    return ownerOfKey(
      key,
      owners.map(({ code }) => code),
    );
  };
  const records = await findBrokenRecords(dataDir);
  const summary = await examine({
    ...findReferences(models, known),
    unchecked: await examinePartners(network, { dataDir, privateKeys }),
    ask,
    partners: network.partners,
    ownerOf,
    findTargets: createFindTargets({
      ask,
      ownerOf,
      lookupOf: (type) => findLookup(models, type),
    }),
    tell: tellFinding,
  });
  records.forEach(tellFinding);
  tell(json ? JSON.stringify(summary) : describeSummary(summary));
  return records.length > 0 ? exitCodes.found : readExitCode(summary);
}

/** Broken records of disclosures that the running hub has noticed. */
async function findBrokenRecords(dataDir: string): Promise<BrokenRecord[]> {
  const heads = Object.entries(await createDisclosureHeads(dataDir).read());
  return heads.flatMap(([partner, { links: knownLinks, fault }]) => {
    if (!fault) return [];
    const { links, at: since } = fault;
    return [{ kind: 'record-changed', partner, knownLinks, links, since }];
  });
}

function readExitCode(summary: Summary) {
  const { leadNowhere, notAnswered, contradictThemselves, tooLate, erasuresOutstanding } = summary;
  const found = leadNowhere + notAnswered + contradictThemselves + tooLate + erasuresOutstanding;
  if (found > 0) return exitCodes.found;
  return summary.notChecked > 0 ? exitCodes.notChecked : exitCodes.allWell;
}
