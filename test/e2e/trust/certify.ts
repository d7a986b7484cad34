import { createKeyStore, hubIssuer, keyFilesOf, type KeyFiles } from '@hub/shared/identity';
import { join } from 'node:path';
import { createCertifier, type Certifier } from '../../../gateway/cli/partner-check/certifier.js';
import { readContract, readContracts } from '../../../gateway/registry/contracts.js';
import { readNetwork } from '../../../gateway/registry/network.js';
import type { OpenNetwork } from '../network/open-network.js';
import { cloneFolder } from '../network/running-command.js';

const committed = readNetwork(join(cloneFolder, 'gateway', 'network.json'));
const { partners } = committed;

/** The keys of an organisation of the network. */
export const keysOf = (network: OpenNetwork, code: string, half: 'private' | 'public'): KeyFiles =>
  createKeyStore({ files: new Map([[code, keyFilesOf(network.keys, code)[half]]]) });

/**
 * A certifier of a partner, as the hub’s operator has it. A busy machine is no reason to find a rule
 * broken, so the deadline is long.
 */
export function certify(
  network: OpenNetwork,
  code: string,
  url = network.urlOf(code),
): Promise<Certifier> {
  const subgraph = partners.find((partner) => partner.code === code)?.subgraph ?? '';
  return createCertifier({
    code,
    url,
    subgraph,
    contractSdl: readContract(subgraph).sdl,
    contracts: readContracts(committed),
    hubKeys: keysOf(network, hubIssuer, 'private'),
    partnerKeys: keysOf(network, code, 'public'),
    deadlineMs: 60_000,
  });
}
