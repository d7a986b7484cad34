import type { Tracing } from './tracing.js';

export interface TracingOptions {
  /** The URL of the collector (OTLP over HTTP), without a path. Undefined for no traces. */
  readonly endpoint: string | undefined;
  /** `hub`, or the code of a partner. */
  readonly service: string;
}

/** Loads the libraries only if traces are wanted. */
export async function openTracing({
  endpoint,
  service,
}: TracingOptions): Promise<Tracing | undefined> {
  if (endpoint === undefined) return undefined;
  const { createOtlpTracing } = await import('./otlp-tracing.js');
  return createOtlpTracing(endpoint, service);
}
