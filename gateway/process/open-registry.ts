import { chainedLines } from '@hub/shared/records';
import { Gauge, type Registry } from 'prom-client';

import type { Logger } from '@hub/shared/system';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { HubSource } from '../hub-options.js';
import { isCommitted, readContracts } from '../registry/contracts.js';
import { namesIn, type SpoiltFile } from '../registry/files/repair-registry.js';
import { findReleasedGraph, openRegistryFiles } from '../registry/files/served-graph.js';
import type { Network } from '../registry/network.js';
import { createProposalList } from '../registry/proposals/proposal-list.js';
import {
  createPublishedFacts,
  type PublishedFacts,
} from '../registry/publications/published-facts.js';
import { createReleaseList } from '../registry/releases/release-list.js';
import { isAside, isThere } from '../registry/written/sealed-file.js';
import type { HubConfig } from '../server/settings/hub-config.js';
import { findLoadableNetwork } from './loadable-network.js';
import type { Primary } from './workers/primary.js';

type NetworkConfig = Pick<HubConfig, 'dataDir' | 'registry'> & {
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
    Array.from(chainedLines.followLines(chainedLines.splitLines(readFileSync(path, 'utf8'))));
    return undefined;
  } catch (error) {
    return error instanceof chainedLines.BrokenLine ? error.message : 'it cannot be read';
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
  { registry, dataDir }: Pick<HubConfig, 'registry' | 'dataDir'>,
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

/** Shows operators that a worker serves less than what they have decided. */
export function measureGraph(registry: Registry, isNewest: boolean): void {
  new Gauge({
    name: 'hub_graph_not_loaded',
    help: 'Workers whose newest graph cannot be loaded, so that they serve less.',
    registers: [registry],
  }).set(isNewest ? 0 : 1);
}
