import { silentLogger } from '@hub/shared/system';
import { Kind, parse, validate, type OperationDefinitionNode } from 'graphql';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  decideConditions,
  readDecidingVariables,
  readDecision,
} from '../engine/documents/decide-conditions.js';
import { readEngineVersion } from '../engine/planning/engine-internals.js';
import type { ApolloGateway } from '../engine/planning/engine.js';
import { planOperation } from '../engine/planning/plan-operation.js';
import { assembleHub } from '../hub.js';
import { createOwnEngine } from '../own-engine.js';
import type { ServedGraph } from '../registry/files/served-graph.js';
import type { Network } from '../registry/network.js';
import { packageFolder } from '../registry/package-folder.js';
import type { HubConfig } from '../server/settings/hub-config.js';

const examplesFile = join(packageFolder, 'explorer', 'generated', 'examples.json');

/** The operations that the pages and the guides show. */
function readExamples(): string[] {
  if (!existsSync(examplesFile)) return [];
  const groups = JSON.parse(readFileSync(examplesFile, 'utf8')) as {
    readonly examples: readonly { readonly query: string }[];
  }[];
  return groups.flatMap(({ examples }) => examples.map(({ query }) => query));
}

/**
 * Loads a hub over a graph, as a worker would, and plans all examples with it. It calls no partner.
 * @throws if it cannot be loaded, or an example cannot be planned
 */
export async function tryOut(
  { contracts, supergraphSdl }: ServedGraph,
  { network, planning }: Pick<HubConfig, 'planning'> & { readonly network: Network },
): Promise<void> {
  let gateway: ApolloGateway | undefined;
  const source = { network, contracts, ...(supergraphSdl !== undefined && { supergraphSdl }) };
  await using hub = await assembleHub(
    source,
    { logger: silentLogger, checksPartners: false, planning },
    (parts) => {
      const engine = createOwnEngine(parts);
      gateway = engine.gateway;
      return engine;
    },
  );
  if (!gateway) return;
  const version = readEngineVersion(gateway);
  for (const [index, query] of readExamples().entries()) {
    const document = parse(query);
    // An example may be of a contract that this network does not have.
    if (validate(hub.schema, document).length > 0) continue;
    const operation = document.definitions.find(
      (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
    );
    if (!operation) continue;
    const deciding = readDecidingVariables(document, operation);
    await planOperation(version, {
      document: decideConditions(document, deciding, readDecision(deciding, {})),
      operationName: operation.name?.value,
      storeKey: `try-out ${index}`,
    });
  }
}
