import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Span as OtelSpan,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Span, SpanFacts, SpanName, Tracing } from './tracing.js';

/** A trace context of a caller (W3C Trace Context, version 00). */
interface Traceparent {
  readonly traceId: string;
  readonly spanId: string;
  readonly isSampled: boolean;
}

const form = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * Undefined for any other form. @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
function readTraceparent(text: string): Traceparent | undefined {
  const [, traceId, spanId, flags = ''] = form.exec(text) ?? [];
  if (traceId === undefined || spanId === undefined) return undefined;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** A collector that does not respond must not delay the end of the process. */
const exportTimeoutMs = 2_000;

const kinds: Readonly<Record<SpanName, SpanKind>> = {
  operation: SpanKind.SERVER,
  plan: SpanKind.INTERNAL,
  call: SpanKind.CLIENT,
  statement: SpanKind.CLIENT,
};

/**
 * Makes spans by OpenTelemetry. Nothing is registered globally: the engine has instrumentation of
 * its own, which would put texts of operations into our spans.
 */
export function createOtlpTracing(endpoint: string, service: string): Tracing {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: exportTimeoutMs });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('cooperation-hub');
  const start = (parent: Context, name: SpanName, facts: SpanFacts = {}): Span => {
    const options = { kind: kinds[name], attributes: toAttributes(facts) };
    const span = tracer.startSpan(name, options, parent);
    return wrap(span, start);
  };
  return {
    start: (name, traceparent) => start(continueTrace(traceparent), name),
    [Symbol.asyncDispose]: () => provider.shutdown().catch(() => undefined),
  };
}

type Start = (parent: Context, name: SpanName, facts?: SpanFacts) => Span;

function wrap(span: OtelSpan, start: Start): Span {
  const { traceId, spanId, traceFlags } = span.spanContext();
  let isOver = false;
  return {
    traceparent: `00-${traceId}-${spanId}-${traceFlags & TraceFlags.SAMPLED ? '01' : '00'}`,
    start: (name, facts) => start(trace.setSpan(ROOT_CONTEXT, span), name, facts),
    end(facts = {}) {
      if (isOver) return;
      isOver = true;
      span.setAttributes(toAttributes(facts));
      if (facts.isError) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

function continueTrace(traceparent: string | undefined): Context {
  const parent = traceparent === undefined ? undefined : readTraceparent(traceparent);
  if (!parent) return ROOT_CONTEXT;
  const { traceId, spanId, isSampled } = parent;
  const traceFlags = isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

const toAttributes = ({ partner, outcome }: SpanFacts): Attributes => ({
  ...(partner !== undefined && { 'hub.partner': partner }),
  ...(outcome !== undefined && { 'hub.outcome': outcome }),
});
