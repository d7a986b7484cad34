export {
  createOperationGate,
  openSlots,
  type Admission,
  type OperationGate,
} from './admit-operations.js';
export { createApolloServer, type ApolloServerOptions } from './apollo-server.js';
export { connectHub, noHub, type AskHub, type HubConnection } from './ask-hub.js';
export {
  createHubAuthentication,
  type AuthenticateRequest,
  type Authenticated,
} from './authenticate-hub.js';
export { ClientWatch, createAbortSignal, type ClientSignal } from './client-signal.js';
export type { PartnerContext, ServedContext } from './context.js';
export { disclosureHeadPath } from './disclosure-head.js';
export { defaultDrain, toldIdleMs, type Drain } from './drain.js';
export {
  registerGraphQL,
  type GraphQLCall,
  type GraphQLOptions,
  type Page,
} from './graphql-over-http.js';
export { registerHealth, type HealthOptions, type ReadyChecks } from './health.js';
export {
  ListenError,
  createHttpServer,
  listen,
  type HttpReply,
  type HttpServerOptions,
} from './http-server.js';
export { maskError } from './mask-errors.js';
export type { OperationHooks } from './operation-hooks.js';
export { openFilledDatabase, openPartnerDatabase } from './partner-database.js';
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
export {
  openPartner,
  type LoadedDatabase,
  type PartnerContent,
  type PartnerDefinition,
  type PartnerOptions,
} from './partner.js';
export { Refusal } from './refusal.js';
export { runPartner } from './run-partner.js';
export {
  createSubgraph,
  type ReferenceResolver,
  type Subgraph,
  type SubgraphOptions,
} from './subgraph-schema.js';
export { startWork, type Charge, type Work } from './work.js';
