/** How many streams of notices one caller, and all callers of one worker, may have. */
export interface StreamLimits {
  readonly perReader: number;
  readonly total: number;
  /** The longest life of a stream, in seconds. */
  readonly seconds: number;
}
