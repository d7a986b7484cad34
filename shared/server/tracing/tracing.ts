/** What a span may say. No name, id, variable, token or other text of a client. */
export interface SpanFacts {
  /** The code of a partner. */
  readonly partner?: string;
  /** How it ended: an outcome of the metrics. */
  readonly outcome?: string;
  /** Whether what it names as its outcome is an error. @default false */
  readonly isError?: boolean;
}

/** The steps of a trace. */
export type SpanName = 'operation' | 'plan' | 'call' | 'statement';

/** One step of a trace, while it lasts. */
export interface Span {
  /** Its trace context (W3C), for the server that it calls. */
  readonly traceparent: string;
  /** Starts a step of this one. */
  start(name: SpanName, facts?: SpanFacts): Span;
  /** A second call does nothing. */
  end(facts?: SpanFacts): void;
}

/** Sends traces to a collector. Disposing of it sends what waits. */
export interface Tracing extends AsyncDisposable {
  /** @param traceparent of a caller that is verified. @default a new trace begins */
  start(name: SpanName, traceparent?: string): Span;
}
