import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NetworkError, type Network } from './network.js';
import { packageFolder } from './package-folder.js';
import { restateFields } from './restate-fields.js';

/** What all servers of one kind have agreed to answer. */
export interface Contract {
  readonly name: string;
  readonly sdl: string;
  /** What each element of it means, by its schema coordinate. */
  readonly descriptions?: Descriptions;
}

/** By schema coordinate: `Event.roles(role:)`. */
export type Descriptions = Readonly<Record<string, string>>;

/** The contract of the hub’s own slice, which it serves in its own process. */
export const hubSubgraph = 'hub';

/**
 * Reads one of the committed contracts: the text that was agreed, and behind it what all servers of its kind offer
 * beyond that (`<name>.additions.graphql`), where there is such; and what it all means (`<name>.descriptions.json`).
 * @throws {@link NetworkError} when it is missing, or when the additions change what was agreed.
 */
export function readContract(name: string, folder = join(packageFolder, 'contracts')): Contract {
  const agreed = join(folder, `${name}.graphql`);
  const additions = join(folder, `${name}.additions.graphql`);
  if (!existsSync(agreed)) {
    throw new NetworkError(`There is no contract ${name}: ${agreed} cannot be read.`);
  }
  const text = readFileSync(agreed, 'utf8');
  const texts = existsSync(additions)
    ? restateFields(text, readFileSync(additions, 'utf8'))
    : [text];
  const sdl = texts.join('\n');
  const described = join(folder, `${name}.descriptions.json`);
  if (!existsSync(described)) return { name, sdl };
  return { name, sdl, descriptions: JSON.parse(readFileSync(described, 'utf8')) as Descriptions };
}

/**
 * The contracts that a network’s partners fulfil, and the hub’s own, each once and in the order of their names.
 * @throws {@link NetworkError} when one is missing.
 */
export function readContracts({ partners }: Network, folder?: string): Contract[] {
  const names = new Set([hubSubgraph, ...partners.map(({ subgraph }) => subgraph)]);
  return [...names].toSorted().map((name) => readContract(name, folder));
}
