import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NetworkError, type Network } from './network.js';
import { packageFolder } from './package-folder.js';

/** What all servers of one kind have agreed to answer. */
export interface Contract {
  readonly name: string;
  readonly sdl: string;
}

/** The contract of the hub’s own slice, which it serves in its own process. */
export const hubSubgraph = 'hub';

/** Reads one of the committed contracts. */
export function readContract(name: string, folder = join(packageFolder, 'contracts')): Contract {
  try {
    return { name, sdl: readFileSync(join(folder, `${name}.graphql`), 'utf8') };
  } catch {
    throw new NetworkError(
      `There is no contract ${name}: ${join(folder, `${name}.graphql`)} cannot be read.`,
    );
  }
}

/**
 * The contracts that a network’s partners fulfil, and the hub’s own, each once and in the order of their names.
 * @throws {@link NetworkError} when one is missing.
 */
export function readContracts({ partners }: Network, folder?: string): Contract[] {
  const names = new Set([hubSubgraph, ...partners.map(({ subgraph }) => subgraph)]);
  return [...names].toSorted().map((name) => readContract(name, folder));
}
