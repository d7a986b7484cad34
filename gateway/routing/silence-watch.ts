import { startCallTimer, type CallClock } from './call-timer.js';

/** A partner with calls under way is silent when none of them ended for so long, in milliseconds. */
const silentMs = 1_000;
/** So long a silent partner has for the lightest question before it counts as hung. */
const patienceMs = 1_500;

/**
 * Notices a partner that hangs: it accepts what it is sent, and answers nobody. It is asked the lightest question, and
 * where that is not answered either, nobody else waits for it until it answers again. A partner that is only slow answers
 * the light question.
 */
export class SilenceWatch {
  #pending = 0;
  #heardAt = 0;
  #isSilent = false;
  #isHung = false;
  #isProbing = false;
  #isClosed = false;
  #stopTimer: (() => void) | undefined;

  constructor(
    private readonly clock: CallClock,
    /** Asks the lightest question. False when that took as long as a call may. */
    private readonly probe: () => Promise<boolean>,
  ) {}

  /** Calls are under way, and for a while nothing has come of any. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** It answers not even the lightest question. */
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

  /** Something came of the partner, if only that its connection was refused. */
  heard(): void {
    this.#heardAt = this.clock.now();
    this.#isSilent = false;
    this.#isHung = false;
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

  async #probeUntilHeard(): Promise<void> {
    while (this.#isSilent && !this.#isClosed) {
      const time = { ms: patienceMs, deadline: Infinity };
      const stop = startCallTimer(this.clock, time, () => {
        this.#isHung = this.#isSilent;
      });
      if (await this.probe()) this.heard();
      stop();
    }
  }
}
