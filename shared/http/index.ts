export { defaultDrain, idleTimeoutMs, type Drain } from './drain.js';
export { escapeHtml } from './escape-html.js';
export {
  registerGraphQL,
  type GraphQLCall,
  type GraphQLOptions,
  type Page,
} from './graphql-over-http.js';
export { registerHealth, type HealthOptions, type ReadyChecks, type Warnings } from './health.js';
export {
  ListenError,
  createHttpServer,
  listen,
  type HttpReply,
  type HttpServerOptions,
} from './http-server.js';
