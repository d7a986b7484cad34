import { composeSupergraph } from './compose.js';
import type { Contract } from './contracts.js';
import { describeSupergraph } from './describe-supergraph.js';
import type { Partner } from './network.js';

/**
 * Composes the contracts of a network into its supergraph, with their descriptions.
 * @throws if the contracts do not compose
 */
export function composeContracts(
  contracts: readonly Contract[],
  partners: readonly Partner[],
): string {
  const urlOf = (name: string) => partners.find(({ subgraph }) => subgraph === name)?.url ?? '';
  const composition = composeSupergraph(
    contracts.map(({ name, sdl }) => ({ name, sdl, url: urlOf(name) })),
  );
  if (composition.errors) {
    throw new Error(composition.errors.map(({ message }) => message).join('\n'));
  }
  return describeSupergraph(
    composition.supergraphSdl,
    contracts.flatMap(({ descriptions }) => (descriptions ? [descriptions] : [])),
  );
}
