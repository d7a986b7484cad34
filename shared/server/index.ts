export { readJson } from './http/bodies/read-json.js';
export { defaultDrain, idleTimeoutMs, type Drain } from './http/drain.js';
export { registerHealth, type ReadyChecks } from './http/health.js';
export { createHttpServer, listen } from './http/http-server.js';
export {
  admitRequest,
  countRefusals,
  type RequestCounting,
} from './http/operations/counted-requests.js';
export type { GraphQLOptions, Page } from './http/operations/graphql-options.js';
export { registerGraphQL } from './http/operations/graphql-over-http.js';
export {
  measureResult,
  outcomeOf,
  type OperationMeter,
} from './http/operations/operation-meter.js';
export type {
  EndOfStream,
  OperationStream,
  StreamMessage,
} from './http/operations/operation-stream.js';
export { addUp, keepTotals, type Counts } from './metrics/add-up.js';
export { durationBuckets } from './metrics/operation-metrics.js';
export { registerMetrics } from './metrics/serve-metrics.js';
export { measureServer, type MeasuredServer } from './metrics/server-metrics.js';
export { Timings } from './metrics/timings.js';
export {
  openTls,
  plainConnect,
  type OpenConnect,
  type ServedTls,
  type Tls,
} from './tls/open-tls.js';
export { openTracing } from './tracing/open-tracing.js';
export type { Span } from './tracing/tracing.js';
