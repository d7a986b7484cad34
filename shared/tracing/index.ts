export { openTracing } from './open-tracing.js';
export { tracePipeline } from './trace-pipeline.js';
export { traceStatements } from './trace-statements.js';
export type { Span, Tracing } from './tracing.js';
