import { createKeyStore, hubIssuer, KeyFileError, keyFilesOf } from '@hub/shared/identity';
import {
  chainedLines,
  dailyHeads,
  networkHeads,
  type personFiles,
  signedResponses,
} from '@hub/shared/records';
import { type Environment, replaceFile } from '@hub/shared/system';
import { decodeJwt } from 'jose';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readNetworkConfig, readPath, resolveTarget, UsageError } from '../../config.js';
import { openRegistryFiles } from '../../registry/files/served-graph.js';
import { createHubKeys, publicKeysOf } from '../../registry/network-keys.js';
import {
  type Evidence,
  EvidenceError,
  type ProvenEvidence,
  signEvidence,
  verifyEvidence,
} from '../../registry/records/evidence-file.js';
import { createEvidenceStore, type KeptOperation } from '../../registry/records/evidence-store.js';
import { createOpeningStore, readOpeningsFile } from '../../registry/records/opening-store.js';
import {
  parsePersonFile,
  type PersonFile,
  verifyPersonFile,
} from '../../registry/records/person-file.js';
import { defineCommand } from '../define-command.js';

interface MakingOptions {
  readonly to: string;
  readonly organisation?: string;
}

interface VerifyingOptions {
  readonly keys?: string;
  readonly openings?: string;
}

/** The command `evidence`. */
export const runEvidenceCommand = defineCommand(
  'npm run hub -- evidence',
  (command, { say, environment }) => {
    command
      .command('make', { isDefault: true })
      .description('writes the file of one request. The word make may be left out')
      .argument('<request-id>', 'the x-request-id of a response to a request with hub-evidence: 1')
      .requiredOption('--to <file>', 'the file to write: requests, digests, signatures and heads')
      .option('--organisation <code>', 'whose request it was, if several have this id')
      .action(async (requestId: string, { to, organisation }: MakingOptions) =>
        say(
          await make(requestId, { organisation, to: resolveTarget(to, environment), environment }),
        ),
      );
    command
      .command('verify')
      .description('checks such a file, or one of all about a person, without the network')
      .argument('<file>')
      .option('--keys <folder>', 'the public keys of the hub and the partners: CODE.public.json')
      .option(
        '--openings <file>',
        'what the heads of a partner hide, from that partner (disclosures heads --openings FILE)',
      )
      .action(async (file: string, given: VerifyingOptions) =>
        say(await verify(file, given, environment)),
      );
  },
);

async function verify(
  file: string,
  { keys, openings }: VerifyingOptions,
  environment: Environment | undefined,
): Promise<string> {
  const pathOf = (name: string) => {
    const path = readPath(name, environment);
    if (!existsSync(path)) throw new UsageError(`${name} does not exist.`);
    return path;
  };
  const text = readFileSync(pathOf(file), 'utf8');
  const folder = keys === undefined ? undefined : readPath(keys, environment);
  const aboutPerson = parsePersonFile(text);
  if (aboutPerson) {
    const parts = await verifyPersonFile(aboutPerson, openKeys(folder, environment));
    return describeParts(aboutPerson, parts);
  }
  const { headsFile } = openRegistryFiles(readNetworkConfig(environment).dataDir);
  const given = openings === undefined ? [] : readOpeningsFile(pathOf(openings));
  const opened = new Map([...createOpeningStore(headsFile).read(), ...given]);
  return describe(await verifyEvidence(text, openKeys(folder, environment), opened));
}

const describeParts = ({ person, missing }: PersonFile, parts: readonly personFiles.Part[]) =>
  [
    `about ${person}`,
    ...parts.map(
      ({ issuer, at, rows, readings }) =>
        `${issuer}  signed: ${rows.length} rows and ${readings.length} readings, as of ${at}`,
    ),
    ...missing.map((owner) => `${owner}  missing: it did not respond`),
    missing.length > 0 ? 'valid, but not whole' : 'valid',
  ].join('\n');

/** The public keys of the hub and its partners. */
function openKeys(folder: string | undefined, environment: Environment | undefined) {
  const { network, dataDir, privateKeys } = readNetworkConfig(environment);
  const fileOf = (code: string, own: string) =>
    folder === undefined ? own : keyFilesOf(folder, code).public;
  const hub = keyFilesOf(dirname(privateKeys), hubIssuer).public;
  return createKeyStore({
    files: new Map([
      [hubIssuer, fileOf(hubIssuer, hub)],
      ...network.partners.map(
        (partner) => [partner.code, fileOf(partner.code, publicKeysOf(dataDir, partner))] as const,
      ),
    ]),
  });
}

interface MakeOptions {
  readonly organisation: string | undefined;
  readonly to: string;
  readonly environment: Environment | undefined;
}

async function make(
  requestId: string,
  { organisation, to, environment }: MakeOptions,
): Promise<string> {
  const { dataDir, privateKeys } = readNetworkConfig(environment);
  const found = createEvidenceStore(join(dataDir, 'evidence'))
    .find(requestId)
    .filter((one) => organisation === undefined || one.organisation === organisation);
  const [kept, another] = found;
  if (!kept) throw new EvidenceError(`Nothing is kept of the request ${requestId}.`);
  if (another) throw new UsageError('Several organisations have this id. Give --organisation.');
  const [key] = await createHubKeys(privateKeys).signingKeysOf(hubIssuer);
  if (!key) throw new KeyFileError('The hub’s private keys cannot be read.');
  const { headsFile } = openRegistryFiles(dataDir);
  const lines = existsSync(headsFile)
    ? chainedLines.splitLines(readFileSync(headsFile, 'utf8'))
    : [];
  const chosen = chooseHeads(kept, lines, createOpeningStore(headsFile).read());
  await replaceFile(
    to,
    await signEvidence({ form: 1, issuer: hubIssuer, ...kept, ...chosen }, key),
  );
  return `${to}: ${kept.exchanges.length} requests, ${chosen.heads.length} heads`;
}

/** For each partner that signed, its first head that is not before what it signed, and its last, with their openings. */
function chooseHeads(
  { exchanges }: KeptOperation,
  lines: readonly string[],
  openings: dailyHeads.Openings,
): Pick<Evidence, 'heads' | 'openings'> {
  const chosen = new Map<string, dailyHeads.Opening | undefined>();
  for (const { partner, response } of exchanges) {
    const end = response?.record ? signedResponses.readRecordEnd(response.record) : undefined;
    if (!end) continue;
    const own = lines.flatMap((line) => {
      const said = networkHeads.readHeadLine(JSON.parse(line) as chainedLines.ChainedLine);
      if (said?.partner !== partner || said.statement === undefined) return [];
      const head = decodeJwt<dailyHeads.DailyHead & object>(said.statement);
      const opening = head.form === 2 ? openings.get(head.end) : undefined;
      return { line, opening, links: dailyHeads.openHead(head, openings).links ?? -1 };
    });
    const first = own.find(({ links }) => links >= end.links);
    for (const one of [first, own.at(-1)]) if (one) chosen.set(one.line, one.opening);
  }
  return {
    heads: [...chosen.keys()],
    openings: [...chosen.values()].filter((opening) => opening !== undefined),
  };
}

function describe({ evidence, exchanges }: ProvenEvidence): string {
  const { requestId, organisation, at, omitted } = evidence;
  const lines = exchanges.map(
    ({ partner, caller, status, contentDigest, signed, head, unopened }) => {
      const who = `${caller.subject} (${caller.role} of ${caller.organisation ?? 'nobody'})`;
      const came = status === null ? 'no response' : `${status} ${contentDigest}`;
      const by = signed
        ? `signed by ${partner} at ${signed.created.toISOString()} with ${signed.keyid}`
        : 'not signed by the partner';
      const published = [
        head && `published on ${head.at}`,
        unopened > 0 &&
          `not compared with ${unopened} ${unopened === 1 ? 'head' : 'heads'} without an opening`,
      ].filter((text) => text);
      if (published.length === 0) published.push('no head has them');
      const record = signed?.record
        ? `, record of ${signed.record.links} links, ${published.join(', ')}`
        : '';
      return `${partner}  for ${who}: ${came}, ${by}${record}`;
    },
  );
  const more = omitted > 0 ? [`${omitted} more requests were not kept`] : [];
  return [
    `request ${requestId} of ${organisation}, answered at ${at}`,
    ...lines,
    ...more,
    exchanges.some(({ unopened }) => unopened > 0)
      ? 'valid, but not compared with all heads: ask for --openings'
      : 'valid',
  ].join('\n');
}
