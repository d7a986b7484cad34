export { readJson } from './bodies/read-json.js';
export { defaultDrain, idleTimeoutMs, type Drain } from './drain.js';
export { escapeHtml } from './escape-html.js';
export { registerHealth, type HealthOptions, type ReadyChecks, type Warnings } from './health.js';
export {
  ListenError,
  createHttpServer,
  listen,
  type HttpReply,
  type HttpRequest,
  type HttpServerOptions,
} from './http-server.js';
export {
  admitRequest,
  countRefusals,
  type RequestCounting,
} from './operations/counted-requests.js';
export type { GraphQLCall, GraphQLOptions, Page } from './operations/graphql-options.js';
export { registerGraphQL } from './operations/graphql-over-http.js';
export {
  measureResult,
  outcomeOf,
  type OperationMeter,
  type OperationOutcome,
} from './operations/operation-meter.js';
export type { EndOfStream, OperationStream, StreamMessage } from './operations/operation-stream.js';
