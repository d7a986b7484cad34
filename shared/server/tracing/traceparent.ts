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
export function readTraceparent(text: string): Traceparent | undefined {
  const [, traceId, spanId, flags = ''] = form.exec(text) ?? [];
  if (traceId === undefined || spanId === undefined) return undefined;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}
