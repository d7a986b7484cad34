import { anonymous } from '@hub/shared/identity';
import { createRefreshVerifier } from '@hub/shared/manifest';
import type { Logger } from '@hub/shared/telemetry';
import type { Config } from './config.js';
import { createHeadLedger, HeadError } from './heads/head-ledger.js';
import type { ServedChanges } from './http/register-changes.js';
import type { ServedHeads } from './http/register-heads.js';
import type { ServedRefresh } from './http/register-refresh.js';
import type { HubSource } from './hub-options.js';
import { createProposalList } from './proposals/proposal-list.js';
import { createPublishedFacts, type PublishedFacts } from './publications/published-facts.js';
import { adoptedFile, readContracts } from './registry/contracts.js';
import { createHubKeys, createNetworkKeys } from './registry/network-keys.js';
import type { Network } from './registry/network.js';
import { membersFile } from './registry/written/members.js';
import { isSpoilt } from './registry/written/sealed-file.js';
import { createReleaseList } from './releases/release-list.js';
import { createRateLimit } from './security/rate-limit.js';
import { findReleasedGraph, openRegistryFiles } from './served-graph.js';
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

/** The files that commands write, and that are not as they were written. */
const findSpoiltFiles = ({ partners }: Network, dataDir: string): string[] => {
  const names = [...new Set(partners.map(({ subgraph }) => subgraph))];
  return [membersFile(dataDir), ...names.map((name) => adoptedFile(dataDir, name))].filter(
    isSpoilt,
  );
};

/** What a worker can serve, the best first: the newest release, then the contracts. */
export function listSources(
  config: NetworkConfig,
  published: PublishedFacts | undefined,
  logger: Logger,
): readonly HubSource[] {
  const { network } = config;
  for (const file of findSpoiltFiles(network, config.dataDir))
    logger.error({ file }, 'a file was cut off or changed; what a command wrote last is used');
  const contracts = readContracts(network, config.dataDir);
  const files = openRegistryFiles(config.dataDir);
  const proposals = createProposalList(files.proposals);
  if (!config.registry) return [{ network, contracts, proposals }];
  const released = findReleasedGraph(config, contracts, logger);
  const releases = createReleaseList(files.releases);
  const facts = { network, proposals, releases, ...(published && { published }) };
  return [...(released ? [{ ...facts, ...released }] : []), { ...facts, contracts }];
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

/** All partners of one machine have the same address. Each needs three requests a day. */
const headsRate = { perSecond: 1, burst: 100 } as const;

/** Takes the heads of the partners’ records, and publishes them. */
export function openHeads(
  { network, dataDir, privateKeys }: NetworkConfig,
  logger: Logger,
): ServedHeads {
  const [addresses, partners] = [createRateLimit(headsRate), createRateLimit(refreshRate)];
  const keys = createNetworkKeys(dataDir, network);
  const { headsFile, administration } = openRegistryFiles(dataDir);
  const ledger = createHeadLedger({ path: headsFile, keys, administration, logger });
  return {
    count: (address) => addresses.count(anonymous, address),
    verify: createRefreshVerifier({ ownKeys: createHubKeys(privateKeys), partnerKeys: keys }),
    async take(partner, statement) {
      partners.count(anonymous, partner);
      try {
        await ledger.take(partner, statement);
        return undefined;
      } catch (error) {
        if (!(error instanceof HeadError)) throw error;
        return { code: error.code, message: error.message };
      }
    },
    read: ledger.read,
  };
}
