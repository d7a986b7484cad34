import { LRUCache } from 'lru-cache';
import { composeSupergraph, type CompositionError } from './compose.js';
import { isCommitted, readAgreedText, type Contract } from './contracts.js';
import { describeSupergraph } from './describe-supergraph.js';
import { NetworkError, type Partner } from './network.js';

/** One process mostly composes and describes the same contracts again. */
const composed = new LRUCache<string, string>({ max: 8 });

/**
 * Composes the contracts of a network into its supergraph, with their descriptions.
 * @throws {@link NetworkError} if the contracts do not compose, with the file, line and rule of each error
 */
export function composeContracts(
  contracts: readonly Contract[],
  partners: readonly Partner[],
): string {
  const urlOf = (name: string) => partners.find(({ subgraph }) => subgraph === name)?.url ?? '';
  const sources = contracts.map(({ name, sdl }) => ({ name, sdl, url: urlOf(name) }));
  const descriptions = contracts.flatMap((contract) =>
    contract.descriptions ? [contract.descriptions] : [],
  );
  const key = JSON.stringify([sources, descriptions]);
  const supergraphSdl = composed.get(key) ?? compose(sources, descriptions);
  composed.set(key, supergraphSdl);
  return supergraphSdl;
}

function compose(
  sources: Parameters<typeof composeSupergraph>[0],
  descriptions: Parameters<typeof describeSupergraph>[1],
): string {
  const composition = composeSupergraph(sources);
  if (composition.errors) throw new NetworkError(describeErrors(composition.errors));
  return describeSupergraph(composition.supergraphSdl, descriptions);
}

const describeErrors = (errors: readonly CompositionError[]): string =>
  [
    'The contracts do not compose:',
    ...errors.map(({ code, message, places, subgraphs }) => {
      const at = places.length > 0 ? places.map(describePlace) : subgraphs;
      return `  ${[...at, ''].join(': ')}[${code}] ${message}`;
    }),
  ].join('\n');

/** The file of a place in a contract: `gateway/contracts/shelters.graphql:14:3`. */
function describePlace(place: string): string {
  const [name = '', line = '', column = ''] = place.split(':');
  // The text of a contract that came with a partner is that partner’s own.
  if (!isCommitted(name)) return `the contract ${name}:${line}:${column}`;
  const agreed = readAgreedText(name).split('\n').length;
  return Number(line) <= agreed
    ? `gateway/contracts/${name}.graphql:${line}:${column}`
    : `gateway/contracts/${name}.additions.graphql:${Number(line) - agreed}:${column}`;
}
