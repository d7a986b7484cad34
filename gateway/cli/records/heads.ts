import { createKeyStore, hubIssuer, keyFilesOf, type KeyStore } from '@hub/shared/identity';
import { chainedLines, type dailyHeads, networkHeads } from '@hub/shared/records';
import { silentLogger, UserError } from '@hub/shared/system';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readNetworkConfig, readPath, UsageError } from '../../config.js';
import { createDisclosureHeads } from '../../registry/disclosure-heads.js';
import { openRegistryFiles } from '../../registry/files/served-graph.js';
import { createNetworkKeys } from '../../registry/network-keys.js';
import type { AdministrationLog } from '../../registry/records/administration-log.js';
import { createHeadLedger, listEarlierKeys } from '../../registry/records/head-ledger.js';
import { createOpeningStore, readOpeningsFile } from '../../registry/records/opening-store.js';
import { collect, defineCommand, nonEmptyReason } from '../define-command.js';

type NetworkConfig = ReturnType<typeof readNetworkConfig>;

interface VerifyOptions {
  readonly openings?: string;
  readonly earlierKey?: readonly string[];
}

/** The command `heads`. */
export const runHeadsCommand = defineCommand(
  'npm run hub -- heads',
  (command, { say, environment }) => {
    const pathOf = (name: string | undefined) =>
      name === undefined ? undefined : readPath(name, environment);
    command
      .command('verify')
      .description(
        'whether the published heads of all partners’ records and of the hub’s log of administration are whole: the chain, each signature, that no record goes back, and that what each has seen of the file is still in it',
      )
      .argument(
        '[file]',
        'a copy that somebody kept or fetched. The default is the hub’s own file, which is compared with its log',
      )
      .option(
        '--openings <file>',
        'what the heads of a partner hide, from that partner (disclosures heads --openings FILE). Only with that can be verified that its record does not go back. This hub knows what was handed in to it',
      )
      .option(
        '--earlier-key <print>',
        'the thumbprint of a key that somebody had before the registered one, as often as needed. This hub knows those of its own file',
        collect,
      )
      .action(async (file: string | undefined, { openings, earlierKey = [] }: VerifyOptions) => {
        const config = readNetworkConfig(environment);
        const openingsPath = pathOf(openings);
        const given = { file: pathOf(file), openingsPath, earlierKeys: earlierKey };
        say(await verify(config, given));
      });
    command
      .command('reset')
      .description(
        'lets the record of a partner begin anew, or the log of the hub, after an older back-up was restored. Everybody sees it, and why',
      )
      .argument('<code>', 'the partner, or hub')
      .requiredOption('--reason <text>', 'shown to everybody', nonEmptyReason)
      .action(async (code: string, { reason }: { reason: string }) => {
        await reset(readNetworkConfig(environment), code, reason);
        say(`The record of ${code} may begin anew (${reason}).`);
      });
  },
);

async function reset(config: NetworkConfig, code: string, reason: string): Promise<void> {
  if (code !== hubIssuer && !config.network.partners.some((one) => one.code === code))
    throw new UsageError(`${code} is no partner of the network.`);
  const { headsFile: path, administration } = openRegistryFiles(config.dataDir);
  const keys = openKeys(config);
  const ledger = createHeadLedger({ path, keys, administration, logger: silentLogger });
  await ledger.reset(code, reason);
  await createDisclosureHeads(config.dataDir).forget(code);
}

/** The public keys of the hub and its partners. */
function openKeys({
  dataDir,
  network,
  privateKeys,
}: NetworkConfig): Pick<KeyStore, 'signingKeysOf'> {
  const partners = createNetworkKeys(dataDir, network);
  const { public: file } = keyFilesOf(dirname(privateKeys), hubIssuer);
  const hub = createKeyStore({ files: new Map([[hubIssuer, file]]) });
  return { signingKeysOf: (code) => (code === hubIssuer ? hub : partners).signingKeysOf(code) };
}

/** @throws {@link UserError} if the hub’s log no longer has what was published of it */
function compareWithLog({ partners }: networkHeads.HeadsReport, log: AdministrationLog): void {
  const { links, hash, at } = partners.find(({ partner }) => partner === hubIssuer)?.last ?? {};
  const check = log.verify();
  if (!check.isWhole)
    throw new UserError(`The hub’s log is broken at line ${check.sequence}: ${check.reason}.`);
  if (!links || log.read()[links - 1]?.hash === hash) return;
  throw new UserError(
    `The hub’s log no longer has entry ${links} with the hash ${hash}, which was published on ${at}.`,
  );
}

interface Verified {
  /** A copy. @default the hub’s own file */
  readonly file: string | undefined;
  readonly openingsPath: string | undefined;
  readonly earlierKeys: readonly string[];
}

async function verify(
  config: NetworkConfig,
  { file: given, openingsPath, earlierKeys }: Verified,
): Promise<string> {
  const { headsFile, administration } = openRegistryFiles(config.dataDir);
  const file = given ?? headsFile;
  for (const path of [given, openingsPath])
    if (path !== undefined && !existsSync(path)) throw new UsageError(`${path} does not exist.`);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const handedIn = createOpeningStore(headsFile).read();
  const others = openingsPath === undefined ? [] : readOpeningsFile(openingsPath);
  const openings = new Map([...handedIn, ...others]);
  const keys = openKeys(config);
  try {
    const noted = administration.verify().isWhole ? listEarlierKeys(administration) : [];
    const known = [...earlierKeys, ...noted];
    const report = await networkHeads.verifyHeads(chainedLines.splitLines(text), {
      keys,
      earlierKeys: known,
      openings,
    });
    if (given === undefined) compareWithLog(report, administration);
    return describe(report);
  } catch (error) {
    if (!(error instanceof chainedLines.BrokenLine)) throw error;
    throw new UserError(`The heads are broken at line ${error.sequence}: ${error.reason}.`);
  }
}

const describeEnd = ({ links, hash }: dailyHeads.KnownHead): string =>
  links === undefined ? 'without an opening' : `with ${links} links: ${hash}`;

function describe({ end, partners }: networkHeads.HeadsReport): string {
  const lines = partners.flatMap(({ partner, heads, unopened, last, resets, earlierKeys }) => [
    last
      ? `${partner}  ${heads} heads, the last of ${last.at} ${describeEnd(last)}`
      : `${partner}  ${heads} heads, and none since its record began anew`,
    ...(unopened > 0 ? [`    ${unopened} without an opening: they may go back`] : []),
    ...resets.map((reason) => `    its record began anew: ${reason}`),
    ...earlierKeys.map((print) => `    an earlier key: ${print}`),
  ]);
  return [...lines, `whole: ${end.sequence} lines, the last has the hash ${end.hash}`].join('\n');
}
