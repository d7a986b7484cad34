import { digestOf, type Logger } from '@hub/shared/system';
import { join } from 'node:path';
import type { Contract } from '../contracts.js';
import type { Network } from '../network.js';
import { createProposalStore } from '../proposals/proposal-store.js';
import { createPublicationStore } from '../publications/publication-store.js';
import type { PublicationState } from '../publications/publication.js';
import { createAdministrationLog } from '../records/administration-log.js';
import { createReleaseStore } from '../releases/release-store.js';

/** The registry’s files in the data folder. */
export function openRegistryFiles(dataDir: string) {
  const folder = join(dataDir, 'registry');
  return {
    folder,
    releases: createReleaseStore(join(folder, 'releases')),
    proposals: createProposalStore(join(folder, 'proposals')),
    publications: createPublicationStore(join(folder, 'publications')),
    judgingFile: join(folder, 'judging.json'),
    noticesFile: join(folder, 'owner-notices.json'),
    headsFile: join(folder, 'heads.jsonl'),
    administrationFile: join(folder, 'administration.jsonl'),
    administration: createAdministrationLog(join(folder, 'administration.jsonl')),
  };
}

/** What the hub knows of the partners. Of one whose file is spoilt, it knows nothing until it runs. */
export function readStates(
  { partners }: Network,
  dataDir: string,
): ReadonlyMap<string, PublicationState> {
  const { publications } = openRegistryFiles(dataDir);
  const read = (code: string) => {
    try {
      return publications.read(code) ?? {};
    } catch {
      return {};
    }
  };
  return new Map(partners.map(({ code }) => [code, read(code)]));
}

/** A hash of what a release is made for: who serves which contract, and the contracts. */
export function hashBasis({ partners }: Network, contracts: readonly Contract[]): string {
  const served = partners
    .map(({ code, subgraph, membership }) => [code, subgraph, membership?.state ?? 'MEMBER'])
    .toSorted();
  return digestOf(JSON.stringify([served, contracts]));
}

/** A graph that the hub can serve. */
export interface ServedGraph {
  readonly contracts: readonly Contract[];
  /** @default the contracts are composed */
  readonly supergraphSdl?: string;
}

/**
 * Finds the graph to serve: that of the newest whole release, or none if there is no release for
 * these partners and contracts. Errors of files are logged.
 */
export function findReleasedGraph(
  { network, dataDir }: { readonly network: Network; readonly dataDir: string },
  contracts: readonly Contract[],
  logger: Logger,
): ServedGraph | undefined {
  const { release, errors } = openRegistryFiles(dataDir).releases.findNewest();
  for (const { number, error } of errors) {
    logger.error({ release: number, reason: error }, 'a release cannot be used');
  }
  if (release?.basis !== hashBasis(network, contracts)) return undefined;
  const { supergraphSdl } = release;
  const sdlOf = new Map(release.contracts.map(({ name, sdl }) => [name, sdl]));
  logger.debug({ release: release.number }, 'a release is served');
  return {
    supergraphSdl,
    contracts: contracts.map((contract) => ({
      ...contract,
      sdl: sdlOf.get(contract.name) ?? contract.sdl,
    })),
  };
}
