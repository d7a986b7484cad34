export type { PartnerContext } from './context.js';
export {
  openPartner,
  type PartnerContent,
  type PartnerDefinition,
  type PartnerOptions,
} from './partner.js';
export { createPartnerServer, type PartnerServer, type PartnerServerOptions } from './partner-server.js';
export { createSubgraph, type ReferenceResolver, type Subgraph, type SubgraphOptions } from './subgraph-schema.js';
export { runPartner } from './run-partner.js';
