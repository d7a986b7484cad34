import { BrokenLine, followLines, splitLines } from '@hub/shared/evidence';
import { anonymous } from '@hub/shared/identity';
import { createRefreshVerifier } from '@hub/shared/manifest';
import type { Logger } from '@hub/shared/telemetry';
import type { Tls } from '@hub/shared/tls';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { withoutFailing } from './administration/administration-log.js';
import type { Config } from './config.js';
import { createHeadLedger, HeadError } from './heads/head-ledger.js';
import type { ServedChanges } from './http/register-changes.js';
import type { ServedHeads } from './http/register-heads.js';
import type { ServedRefresh } from './http/register-refresh.js';
import type { HubSource } from './hub-options.js';
import { findLoadableNetwork } from './loadable-network.js';
import type { WatchedTrust } from './metrics/trust-metrics.js';
import { createProposalList } from './proposals/proposal-list.js';
import { createPublishedFacts, type PublishedFacts } from './publications/published-facts.js';
import { namesIn, type SpoiltFile } from './registry-files/repair-registry.js';
import { findReleasedGraph, openRegistryFiles } from './registry-files/served-graph.js';
import { isCommitted, readContracts } from './registry/contracts.js';
import { createDisclosureHeads } from './registry/disclosure-heads.js';
import { createHubKeys, createNetworkKeys } from './registry/network-keys.js';
import type { Network } from './registry/network.js';
import { createRecordWatch, type RecordWatch } from './registry/record-watch.js';
import { isAside, isThere } from './registry/written/sealed-file.js';
import { createReleaseList } from './releases/release-list.js';
import { createRateLimit } from './security/rate-limit.js';
import { createRequestSigner } from './security/sign-request.js';
import type { Primary } from './workers/primary.js';

type NetworkConfig = Pick<Config, 'dataDir' | 'registry' | 'privateKeys'> & {
  readonly network: Network;
};

/** What the registry’s process has written of the partners; undefined if there is none. */
export function openPublishedFacts(
  { network, dataDir, registry }: NetworkConfig,
  logger: Logger,
): PublishedFacts | undefined {
  if (!registry) return undefined;
  const codes = network.partners.map(({ code }) => code);
  return createPublishedFacts(codes, openRegistryFiles(dataDir).publications, logger);
}

function findBrokenLine(path: string): string | undefined {
  if (!isThere(path)) return undefined;
  try {
    Array.from(followLines(splitLines(readFileSync(path, 'utf8'))));
    return undefined;
  } catch (error) {
    return error instanceof BrokenLine ? error.message : 'it cannot be read';
  }
}

/** The files of the registry that are not whole, and those that were moved out of the way. */
export function listSpoilt(dataDir: string): readonly SpoiltFile[] {
  const { folder, releases, proposals, headsFile, administrationFile } = openRegistryFiles(dataDir);
  const broken = [headsFile, administrationFile].flatMap((path) => {
    const reason = findBrokenLine(path);
    return reason === undefined ? [] : [{ file: relative(folder, path), used: reason }];
  });
  const aside = ['.', 'contracts', 'publications', 'releases', 'proposals'].flatMap((name) =>
    namesIn(join(folder, name))
      .filter(isAside)
      .map((file) => ({ file: join(name, file), used: 'kept to look at; remove it then' })),
  );
  const unreadable = proposals
    .listNumbers()
    .filter((number) => !proposals.read(number))
    .map((number) => ({ file: `proposal ${number}`, used: 'nothing' }));
  const { errors } = releases.findNewest();
  const unusable = errors.map(({ number }) => ({
    file: `release ${number}`,
    used: 'the release before it, or the contracts',
  }));
  return [...broken, ...aside, ...unreadable, ...unusable];
}

/** The warning of files that are not as they were written. It names none, because anybody may read it. */
export function createSpoiltCheck(
  { registry, dataDir }: Pick<Config, 'registry' | 'dataDir'>,
  logger: Logger,
): () => string | undefined {
  const spoilt = registry ? listSpoilt(dataDir) : [];
  for (const { file, used } of spoilt)
    logger.warn({ file, used }, 'a file of the registry is spoilt');
  const { length } = spoilt;
  if (length === 0) return () => undefined;
  return () =>
    `REGISTRY_FILES_SPOILT: files that were cut off, changed or lost: ${length}. Others are used. The log names them.`;
}

/** A graph that a worker can serve. */
export interface ListedSource {
  readonly source: HubSource;
  /** What operators are told if it lacks what they have decided. */
  readonly warning?: string;
}

/**
 * What a worker can serve, the best first: the newest release, then the contracts; the same without partners with whom
 * nothing can be loaded; then the contracts of this clone alone.
 */
export async function* listSources(
  config: NetworkConfig,
  published: PublishedFacts | undefined,
  logger: Logger,
): AsyncGenerator<ListedSource> {
  for await (const source of listGraphs(config, published, logger)) yield { source };
  const { network, leftOut } = findLoadableNetwork(config, logger);
  if (leftOut.length > 0) {
    const warning = `GRAPH_NOT_LOADED: the graph cannot be loaded with ${leftOut.join(', ')}. The log has the reason.`;
    for await (const source of listGraphs({ ...config, network }, published, logger))
      yield { source, warning };
  }
  const partners = network.partners.filter(({ subgraph }) => isCommitted(subgraph));
  const committed = { ...network, partners };
  const proposals = createProposalList(openRegistryFiles(config.dataDir).proposals);
  yield { source: { network: committed, contracts: readContracts(committed), proposals } };
}

async function* listGraphs(
  config: NetworkConfig,
  published: PublishedFacts | undefined,
  logger: Logger,
): AsyncGenerator<HubSource> {
  const { network, dataDir, registry } = config;
  const contracts = readContracts(network, dataDir);
  const files = openRegistryFiles(dataDir);
  const proposals = createProposalList(files.proposals);
  if (!registry) return yield { network, contracts, proposals };
  const released = findReleasedGraph(config, contracts, logger);
  // A contract that was just adopted is served before the registry has judged the servers by it.
  if (!released) await published?.compareWith(contracts, network.partners);
  const releases = createReleaseList(files.releases);
  const facts = { network, proposals, releases, ...(published && { published }) };
  if (released) yield { ...facts, ...released };
  yield { ...facts, contracts };
}

/** How often one address, and one partner, may ask for a fetch: a second, and after a pause. */
const refreshRate = { perSecond: 0.2, burst: 20 } as const;

/** How often one address may tell of changes: a partner does so once for each change at most. */
const changesRate = { perSecond: 50, burst: 500 } as const;

/** Verifies the changes that partners send. */
export function openChanges({
  network,
  dataDir,
  privateKeys,
}: Omit<NetworkConfig, 'registry'>): Omit<ServedChanges, 'receive'> {
  const addresses = createRateLimit(changesRate);
  return {
    count: (address) => addresses.count(anonymous, address),
    verify: createRefreshVerifier({
      ownKeys: createHubKeys(privateKeys),
      partnerKeys: createNetworkKeys(dataDir, network),
    }),
  };
}

/** Lets partners have their manifests fetched. */
export function openRefresh(
  { network, dataDir, privateKeys }: NetworkConfig,
  primary: Primary,
): ServedRefresh {
  const [addresses, partners] = [createRateLimit(refreshRate), createRateLimit(refreshRate)];
  return {
    count: (address) => addresses.count(anonymous, address),
    verify: createRefreshVerifier({
      ownKeys: createHubKeys(privateKeys),
      partnerKeys: createNetworkKeys(dataDir, network),
    }),
    refresh(partner) {
      partners.count(anonymous, partner);
      primary.refresh(partner);
    },
  };
}

/** How soon the manifest of a partner whose responses still do not fit is fetched again. */
const invalidMs = 30_000;

/**
 * Has the manifest of a partner fetched whose response does not fit its contract: its server may have another schema by
 * now. What it took away is then all that is missing.
 */
export function refreshInvalid(primary: Pick<Primary, 'refresh'>): (partner: string) => void {
  const last = new Map<string, number>();
  return (partner) => {
    const now = performance.now();
    if (now - (last.get(partner) ?? -Infinity) < invalidMs) return;
    last.set(partner, now);
    primary.refresh(partner);
  };
}

/** All partners of one machine have the same address. Each needs three requests a day. */
const headsRate = { perSecond: 1, burst: 100 } as const;
/** Each head is a line that the hub reads again for the next one, and that all partners keep. */
const handInRate = { perSecond: 1 / 600, organisationPerSecond: 1 / 600, burst: 24 } as const;

/** Takes the heads of the partners’ records, and publishes them. */
export function openHeads(
  { network, dataDir, privateKeys }: NetworkConfig,
  logger: Logger,
  onRefused: () => void = () => undefined,
): ServedHeads {
  const [addresses, partners] = [createRateLimit(headsRate), createRateLimit(handInRate)];
  const keys = createNetworkKeys(dataDir, network);
  const { headsFile, administration } = openRegistryFiles(dataDir);
  const seen = createDisclosureHeads(dataDir);
  const ledger = createHeadLedger({
    path: headsFile,
    keys,
    administration: withoutFailing(administration, logger),
    findSeen: async (partner) => (await seen.read())[partner],
    logger,
  });
  return {
    count: (address) => addresses.count(anonymous, address),
    verify: createRefreshVerifier({ ownKeys: createHubKeys(privateKeys), partnerKeys: keys }),
    async take(partner, statement, opening) {
      partners.count(anonymous, partner);
      try {
        await ledger.take(partner, statement, opening);
        return undefined;
      } catch (error) {
        if (!(error instanceof HeadError)) throw error;
        onRefused();
        return { code: error.code, message: error.message };
      }
    },
    read: ledger.read,
  };
}

/** What metrics show of the partners’ keys and records. */
export function openWatchedTrust({ network, dataDir }: NetworkConfig): WatchedTrust {
  const keys = createNetworkKeys(dataDir, network);
  const heads = createDisclosureHeads(dataDir);
  return {
    async readKeys() {
      const all = network.partners.map(async ({ code }) => [
        code,
        [...(await keys.signingKeysOf(code)), ...(await keys.agreementKeysOf(code))],
      ]);
      return Object.fromEntries(await Promise.all(all));
    },
    async readRecords() {
      // A file that cannot be read is logged by the watch.
      const known = await heads.read().catch((): Awaited<ReturnType<typeof heads.read>> => ({}));
      const all = network.partners.map(({ code }) => [code, known[code]?.fault !== undefined]);
      return Object.fromEntries(all);
    },
  };
}

/** Checks the partners’ records of disclosures. */
export function openRecordWatch(
  { network, dataDir, privateKeys }: Config,
  { connect }: Tls,
  logger: Logger,
): RecordWatch {
  const partners = network?.partners ?? [];
  const partnerKeys = createNetworkKeys(dataDir, { port: 0, partners });
  const sign = createRequestSigner({ ownKeys: createHubKeys(privateKeys), partnerKeys });
  const heads = createDisclosureHeads(dataDir);
  return createRecordWatch({ partners, heads, sign, connect, logger });
}
