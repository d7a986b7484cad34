/** A clock that stands still while this process is late: see `../workers/loop-clock.ts`. */
export interface CallClock {
  /** In milliseconds. */
  now(): number;
}

/** A clock that never stands still. */
export const plainClock: CallClock = { now: () => performance.now() };

interface CallTime {
  /** The partner’s time, in milliseconds on the clock. */
  readonly ms: number;
  /** The deadline of the whole operation, in milliseconds since the epoch. */
  readonly deadline: number;
}

/** Whose time has run out: the partner’s or the operation’s. */
export type TimeUp = 'PARTNER' | 'OPERATION';

/**
 * Fires once, when the time of the partner or of the operation has run out. Data that has already
 * arrived is read first: in a process that was late, timers fire before sockets are read.
 * @returns a function that stops the timer
 */
export function startCallTimer(
  clock: CallClock,
  { ms, deadline }: CallTime,
  onTimeUp: (whose: TimeUp) => void,
): () => void {
  const startedAt = clock.now();
  let isStopped = false;
  const leftOf = () => Math.min(ms - (clock.now() - startedAt), deadline - Date.now());
  const look = (): void => {
    const left = leftOf();
    if (left >= 1) timer = setTimeout(look, left);
    else setImmediate(end);
  };
  const end = (): void => {
    if (isStopped) return;
    isStopped = true;
    onTimeUp(ms - (clock.now() - startedAt) < 1 ? 'PARTNER' : 'OPERATION');
  };
  let timer = setTimeout(look, Math.max(0, Math.min(ms, deadline - Date.now())));
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

/** A partner with calls in flight is silent when it has responded to none of them for this long, in milliseconds. */
const silentMs = 1_000;
/** How long a silent partner has for the lightest query before it counts as hung, in milliseconds. */
const patienceMs = 1_500;

/**
 * Detects a partner that hangs: it accepts requests and responds to none. A silent partner gets the
 * lightest query. If it does not respond to that either, all calls to it fail at once until it
 * responds again. A slow partner responds to the lightest query.
 */
export class HangDetector {
  #pending = 0;
  #heardAt = 0;
  #respondedAt = -Infinity;
  #isSilent = false;
  #isHung = false;
  #isProbing = false;
  #isClosed = false;
  #stopTimer: (() => void) | undefined;

  constructor(
    private readonly clock: CallClock,
    /** Sends the lightest query. False when it timed out. */
    private readonly probe: () => Promise<boolean>,
    /** Called when it turns out that the partner hangs, and when it responds again. */
    private readonly onChange: (isHung: boolean) => void = () => undefined,
  ) {}

  /** True if calls are in flight, and for a while none of them got a response. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** True if the partner does not even respond to the lightest query. */
  get isHung(): boolean {
    return this.#isHung;
  }

  begin(): void {
    if (this.#pending === 0 && !this.#isSilent) this.#heardAt = this.clock.now();
    this.#pending += 1;
    if (!this.#stopTimer && !this.#isSilent) this.#lookIn(silentMs);
  }

  end(): void {
    this.#pending -= 1;
  }

  /** The partner responded, or at least refused the connection. */
  responded(): void {
    this.#heardAt = this.clock.now();
    this.#respondedAt = this.#heardAt;
    this.#isSilent = false;
    if (this.#isHung) {
      this.#isHung = false;
      this.onChange(false);
    }
  }

  /** Another worker found out that the partner hangs. It counts until the partner responds here. */
  believe(): void {
    if (this.#isClosed || this.#isHung) return;
    if (this.clock.now() - this.#respondedAt < silentMs) return;
    this.#isHung = true;
    this.#suspect();
  }

  close(): void {
    this.#isClosed = true;
    this.#stopTimer?.();
  }

  #lookIn(ms: number): void {
    this.#stopTimer = startCallTimer(this.clock, { ms, deadline: Infinity }, () => {
      this.#stopTimer = undefined;
      if (this.#pending === 0) return;
      const left = silentMs - (this.clock.now() - this.#heardAt);
      if (left >= 1) this.#lookIn(left);
      else this.#suspect();
    });
  }

  #suspect(): void {
    this.#isSilent = true;
    if (this.#isProbing) return;
    this.#isProbing = true;
    void this.#probeUntilHeard().finally(() => {
      this.#isProbing = false;
    });
  }

  #judge(): void {
    if (!this.#isSilent || this.#isHung || this.#isClosed) return;
    this.#isHung = true;
    this.onChange(true);
  }

  async #probeUntilHeard(): Promise<void> {
    while (this.#isSilent && !this.#isClosed) {
      const time = { ms: patienceMs, deadline: Infinity };
      const stop = startCallTimer(this.clock, time, () => this.#judge());
      if (await this.probe()) this.responded();
      stop();
    }
  }
}
