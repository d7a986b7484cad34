import { type Environment, silentLogger } from '@hub/shared/system';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readNetworkConfig, resolveTarget, UsageError } from '../../config.js';
import { moveSubgraphs } from '../../other-engines/supergraph-for-others.js';
import { findReleasedGraph } from '../../registry-files/served-graph.js';
import { composeContracts } from '../../registry/compose-contracts.js';
import { readContracts } from '../../registry/contracts.js';

const usage = `Usage: npm run --silent hub -- supergraph --hub URL [--to FILE]

  Prints the composed graph for another engine (Hive Gateway, Apollo Router). It asks the hub at URL for
  each subgraph, so the hub must run there with HUB_ENGINE_KEY.

  --hub URL    the address of the hub: https://hub.example.org
  --to FILE    writes the file, and prints nothing`;

function readOptions(argv: readonly string[]): { hub: string; file: string | undefined } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { hub: { type: 'string' }, to: { type: 'string' } },
    });
    const { hub = '', to: file } = values;
    if (!/^https?:$/.test(URL.canParse(hub) ? new URL(hub).protocol : ''))
      throw new Error('--hub must be a URL with http or https.');
    return { hub, file };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}

/**
 * Prints the graph that the hub serves, for another engine.
 * @throws UsageError, ConfigError
 */
export function printSupergraph(
  argv: readonly string[],
  say: (text: string) => void,
  environment?: Environment,
): void {
  const { hub, file } = readOptions(argv);
  const { network, dataDir, registry } = readNetworkConfig(environment);
  const contracts = readContracts(network, dataDir);
  const released = registry
    ? findReleasedGraph({ network, dataDir }, contracts, silentLogger)
    : undefined;
  const { supergraphSdl = composeContracts(contracts, network.partners) } = released ?? {};
  const moved = moveSubgraphs(supergraphSdl, hub);
  if (file === undefined) say(moved.trimEnd());
  else writeFileSync(resolveTarget(file, environment), moved);
}
