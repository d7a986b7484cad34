import type { Environment } from '@hub/shared/system';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readNetworkConfig, UsageError } from '../../config.js';
import { readContracts } from '../../registry/contracts.js';
import { createDisclosureHeads } from '../../registry/disclosure-heads.js';
import { readSigningKey } from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { readContractModels } from '../contract-model.js';
import { createFetch } from '../tls-fetch.js';
import { examinePartners } from './examine-partners.js';
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
} from './report.js';

/** The exit codes, besides 2 for an invalid command line. */
export const exitCodes = { allWell: 0, found: 1, notChecked: 3 } as const;

interface Flags {
  readonly url: string;
  readonly reader: string;
  readonly isJson: boolean;
}

function readFlags(argv: readonly string[], { port, partners }: Network, reader: string): Flags {
  const codes = partners.map(({ code }) => code);
  const address = `http://localhost:${port}/graphql`;
  const usage = `Usage: npm run hub -- doctor [--url URL] [--as CODE] [--json]

  --url    the URL of the hub (default: ${address})
  --as     the organisation in whose name to read, with its key in the data folder: ${codes.join(', ')} (default: ${reader})
  --json   one JSON object a line instead of text

Exit codes: 0 if all is well, 1 if something was found, 3 if not everything could be checked.`;
  const schema = z.object({
    url: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
    as: z.enum(codes, `must be one of ${codes.join(', ')}`),
    json: z.boolean(),
  });
  const refuse = (message: string) => new UsageError(`${message}\n\n${usage}`);
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        url: { type: 'string', default: address },
        as: { type: 'string', default: reader },
        json: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const { data, error } = schema.safeParse(values);
  if (data) return { url: data.url, reader: data.as, isJson: data.json };
  throw refuse(
    error.issues.map(({ path, message }) => `--${path.join('.')} ${message}`).join('\n'),
  );
}

/**
 * The command `doctor`: checks every reference between subgraphs through a running hub. It asks
 * each owner whether the record exists, and reports references that lead nowhere, and dates that
 * break the rule TOO_LATE. It changes nothing, and prints only types, ids, fields and these dates.
 * @param print prints a line
 * @returns the exit code: {@link exitCodes}
 * @throws {@link UsageError}, `DoctorError` if nothing can be checked, or `KeyFileError` without
 * the caller’s key
 */
export async function diagnose(
  argv: readonly string[],
  tell: (line: string) => void,
  environment?: Environment,
): Promise<number> {
  const { network, dataDir, privateKeys, certificateFiles } = readNetworkConfig(environment);
  const known = readKnownReferences();
  const { url, reader, isJson } = readFlags(argv, network, known.reader);
  const models = readContractModels(readContracts(network, dataDir));
  const tellFinding = (finding: Finding) =>
    tell(isJson ? JSON.stringify(finding) : describeFinding(finding));
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
  tell(isJson ? JSON.stringify(summary) : describeSummary(summary));
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
