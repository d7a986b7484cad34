export { openFilledDatabase, openPartnerDatabase } from './partner-database.js';
export type {
  FactUpdate,
  LoadedDatabase,
  PartnerContent,
  PartnerDefinition,
  PartnerOptions,
} from './partner-definition.js';
export {
  createPartnerIdentity,
  describeKeys,
  identityIn,
  type IdentityOptions,
  type PartnerIdentity,
} from './partner-identity.js';
export {
  createPartnerServer,
  type PartnerServer,
  type PartnerServerOptions,
} from './partner-server.js';
export { openPartner } from './partner.js';
export {
  createHubAuthentication,
  type AuthenticateRequest,
  type Authenticated,
} from './requests/authenticate-hub.js';
export { disclosureHeadPath } from './requests/disclosure-head.js';
export {
  accessPathsOf,
  overdueTasksPath,
  type OverdueContext,
  type OverdueTasks,
} from './requests/overdue-tasks.js';
export { runPartner } from './run-partner.js';
export {
  createSubgraph,
  resolveKey,
  shareSubgraph,
  type ChangePolicies,
  type ReferenceResolver,
  type Subgraph,
  type SubgraphOptions,
} from './subgraph-schema.js';
