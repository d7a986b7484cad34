import { isCommitted, readAdopted } from '../contracts.js';
import { readNetwork, type Network } from '../network.js';
import { applyMembers, readMembers } from './members.js';

/**
 * The network file with what commands have changed of it, without partners whose contract was lost for
 * good.
 * @throws {@link NetworkError}
 */
export function readNetworkWithMembers(networkFile: string, dataDir: string): Network {
  const members = readMembers(dataDir);
  const network = applyMembers(readNetwork(networkFile), members);
  const isLost = ({ subgraph, isAdded }: Network['partners'][number]) =>
    (isAdded || members.contracts.includes(subgraph)) &&
    !isCommitted(subgraph) &&
    readAdopted(subgraph, dataDir) === undefined;
  return { ...network, partners: network.partners.filter((partner) => !isLost(partner)) };
}
