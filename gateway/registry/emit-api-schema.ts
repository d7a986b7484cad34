import { Supergraph } from '@apollo/federation-internals';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeContracts } from './compose-contracts.js';
import { readContracts } from './contracts.js';
import { readNetwork } from './network.js';
import { packageFolder } from './package-folder.js';

/** Prints the schema for clients of the network: all contracts, composed, with their descriptions. */
function printApiSchema(): string {
  const network = readNetwork(join(packageFolder, 'network.json'));
  const supergraph = Supergraph.build(composeContracts(readContracts(network), network.partners));
  const schema = supergraph.apiSchema().toGraphQLJSSchema();
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

// For the types of the hub’s own pages, and for dashboards outside this clone.
writeFileSync(join(packageFolder, 'explorer', 'generated', 'schema.graphql'), printApiSchema());
