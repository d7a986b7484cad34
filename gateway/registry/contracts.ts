import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NetworkError, type Network } from './network.js';
import { packageFolder } from './package-folder.js';
import { restateFields } from './restate-fields.js';

/** The schema that all servers of one kind have agreed to serve. */
export interface Contract {
  readonly name: string;
  readonly sdl: string;
  /** The descriptions of its elements, by schema coordinate. */
  readonly descriptions?: Descriptions;
}

/** By schema coordinate: `Event.roles(role:)`. */
export type Descriptions = Readonly<Record<string, string>>;

/** The contract of the hub’s own subgraph, which the hub serves itself. */
export const hubSubgraph = 'hub';

/**
 * Reads a committed contract: the agreed text, then `<name>.additions.graphql` if there is one (what all
 * servers of this kind offer in addition), and the descriptions in `<name>.descriptions.json`.
 * @throws {@link NetworkError} if it is missing, or if the additions change the agreed text
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
 * Reads the contracts of a network’s partners and the hub’s own, each once, in the order of their
 * names.
 * @throws {@link NetworkError} if one is missing
 */
export function readContracts({ partners }: Network, folder?: string): Contract[] {
  const names = new Set([hubSubgraph, ...partners.map(({ subgraph }) => subgraph)]);
  return [...names].toSorted().map((name) => readContract(name, folder));
}
