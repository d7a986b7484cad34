/** How many streams of notices one caller, and all callers of one worker, may have. */
export interface StreamLimits {
  readonly perReader: number;
  readonly total: number;
  /** The longest life of a stream, in seconds. */
  readonly seconds: number;
}

export const defaultStreamLimits: StreamLimits = { perReader: 5, total: 500, seconds: 1_800 };
