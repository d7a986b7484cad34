import { silentLogger } from '@hub/shared/system';
import { writeFileSync } from 'node:fs';
import { readNetworkConfig, resolveTarget } from '../../config.js';
import { composeContracts } from '../../registry/compose-contracts.js';
import { readContracts } from '../../registry/contracts.js';
import { findReleasedGraph } from '../../registry/files/served-graph.js';
import { moveSubgraphs } from '../../registry/supergraph-for-others.js';
import { defineCommand, mustBe, readHttpUrl } from '../define-command.js';

/** The command `supergraph`: prints the graph that the hub serves, for another engine. */
export const printSupergraph = defineCommand(
  'npm run --silent hub -- supergraph',
  (command, { say, environment }) => {
    command
      .description(
        'Prints the composed graph for another engine (Hive Gateway, Apollo Router). It asks the hub at the URL for each subgraph, so the hub must run there with HUB_ENGINE_KEY.',
      )
      .requiredOption(
        '--hub <url>',
        'the address of the hub: https://hub.example.org',
        mustBe(readHttpUrl, '--hub must be a URL with http or https.'),
      )
      .option('--to <file>', 'writes the file, and prints nothing')
      .action(({ hub, to: file }: { hub: string; to?: string }) => {
        const { network, dataDir, registry } = readNetworkConfig(environment);
        const contracts = readContracts(network, dataDir);
        const released = registry
          ? findReleasedGraph({ network, dataDir }, contracts, silentLogger)
          : undefined;
        const { supergraphSdl = composeContracts(contracts, network.partners) } = released ?? {};
        const moved = moveSubgraphs(supergraphSdl, hub);
        if (file === undefined) say(moved.trimEnd());
        else writeFileSync(resolveTarget(file, environment), moved);
      });
  },
);
