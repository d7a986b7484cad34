import type { Logger } from '@hub/shared/system';
import { composeContracts } from '../registry/compose-contracts.js';
import { isCommitted, readContracts } from '../registry/contracts.js';
import type { Network, Partner } from '../registry/network.js';
import { readModels } from '../routes.js';

/** A network that the hub can serve. */
interface LoadableNetwork {
  readonly network: Network;
  /** The codes of the partners without which it can be loaded, and with which it cannot. */
  readonly leftOut: readonly string[];
}

/** Why these partners cannot be served together. Undefined if they can. */
function findObstacle(network: Network, dataDir: string): string | undefined {
  try {
    const contracts = readContracts(network, dataDir);
    readModels(composeContracts(contracts, network.partners), contracts, network);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Finds the partners that the hub can serve together. A partner whose contract cannot be loaded with those before it is
 * left out, and logged. So what was served before it came goes on being served whole.
 */
export function findLoadableNetwork(
  { network, dataDir }: { readonly network: Network; readonly dataDir: string },
  logger: Logger,
): LoadableNetwork {
  const isFirst = ({ subgraph, isAdded }: Partner) => !isAdded && isCommitted(subgraph);
  const kept = network.partners.filter(isFirst);
  const isWhole = findObstacle(network, dataDir) === undefined;
  // Otherwise the fault is not that of a partner who came later.
  if (isWhole || findObstacle({ ...network, partners: kept }, dataDir) !== undefined)
    return { network, leftOut: [] };
  const leftOut: string[] = [];
  for (const partner of network.partners.filter((one) => !isFirst(one))) {
    const reason = findObstacle({ ...network, partners: [...kept, partner] }, dataDir);
    if (reason === undefined) kept.push(partner);
    else {
      logger.error({ partner: partner.code, reason }, 'a partner is left out of the graph');
      leftOut.push(partner.code);
    }
  }
  return { network: { ...network, partners: kept }, leftOut };
}
