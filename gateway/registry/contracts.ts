import { parse } from 'graphql';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NetworkError, type Network } from './network.js';
import { packageFolder } from './package-folder.js';
import { restateFields } from './restate-fields.js';
import { readSealed } from './written/sealed-file.js';

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
 * The file of a contract in the data folder: of one that came with a partner of a new kind, or that
 * `hub contract adopt` has written.
 */
export const adoptedFile = (dataDir: string, name: string, ending = 'graphql'): string =>
  join(dataDir, 'registry', 'contracts', `${name}.${ending}`);

/** The agreed text of a committed contract, without its additions. */
export const readAgreedText = (name: string): string =>
  readFileSync(join(packageFolder, 'contracts', `${name}.graphql`), 'utf8');

/** True if this repository has a contract of the name. */
export const isCommitted = (name: string): boolean =>
  existsSync(join(packageFolder, 'contracts', `${name}.graphql`));

/** What `read` makes of a sealed file. Undefined if there is none, or it was spoilt so that nothing can be made of it. */
function readAdoptedFile<Result>(path: string, read: (text: string) => Result): Result | undefined {
  const text = readSealed(path);
  if (text === undefined) return undefined;
  try {
    return read(text);
  } catch {
    return undefined;
  }
}

/** A contract of the data folder, which counts before a committed one. Undefined if there is none. */
export function readAdopted(name: string, dataDir: string): Contract | undefined {
  const sdl = readAdoptedFile(adoptedFile(dataDir, name), (text) => {
    parse(text);
    return text;
  });
  if (sdl === undefined) return undefined;
  const descriptions = readAdoptedFile(
    adoptedFile(dataDir, name, 'descriptions.json'),
    (text) => JSON.parse(text) as Descriptions,
  );
  return { name, sdl, ...(descriptions && { descriptions }) };
}

/**
 * Reads a contract. One that the network has adopted counts before the committed one. What it does not describe itself
 * keeps the committed description.
 * @throws {@link NetworkError} if there is none
 */
export function findContract(name: string, dataDir: string | undefined): Contract {
  const adopted = dataDir === undefined ? undefined : readAdopted(name, dataDir);
  if (!adopted) return readContract(name);
  if (!isCommitted(name)) return adopted;
  const descriptions = { ...readContract(name).descriptions, ...adopted.descriptions };
  return { ...adopted, descriptions };
}

/**
 * Reads the contracts of a network’s partners and the hub’s own, each once, in the order of their
 * names.
 * @throws {@link NetworkError} if one is missing
 */
export function readContracts({ partners }: Network, dataDir?: string): Contract[] {
  const names = new Set([hubSubgraph, ...partners.map(({ subgraph }) => subgraph)]);
  return [...names].toSorted().map((name) => findContract(name, dataDir));
}
