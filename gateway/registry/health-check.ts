import { setMaxListeners } from 'node:events';
import type { CallOutcome, PartnerStatus } from './calls/partner-status.js';

export interface HealthCheckOptions {
  readonly partners: readonly string[];
  readonly status: PartnerStatus;
  /**
   * Sends one partner a light query. Returns the result and does not throw. Undefined says nothing
   * about the partner.
   */
  readonly probe: (code: string, signal: AbortSignal) => Promise<CallOutcome | undefined>;
  /** Time between two checks of a partner, in milliseconds. @default 15000 */
  readonly intervalMs?: number;
  /** A number from 0 to 1. @default Math.random */
  readonly random?: () => number;
}

/** Checks every partner at intervals. */
export interface HealthCheck extends AsyncDisposable {
  /** Checks one partner now. Resolves when the check has ended. */
  check(code: string): Promise<void>;
  /** Checks all partners now. Resolves when each check has ended. */
  checkAll(): Promise<void>;
  /**
   * Checks all partners and starts the intervals. Resolves after the first checks, or after a
   * second, so that unavailable partners delay nothing. The timers do not keep the process alive.
   */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Intervals vary by up to a fifth, so that several hubs do not check at the same time. */
const jitter = 0.2;

const vary = (intervalMs: number, random: () => number): number =>
  intervalMs * (1 - jitter + 2 * jitter * random());

const longestStartMs = 1_000;

/** Waits for work, but no longer than this. */
async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, tooLong]);
  clearTimeout(timer);
}

export function createHealthCheck(options: HealthCheckOptions): HealthCheck {
  const { partners, status, probe, intervalMs = 15_000, random = Math.random } = options;
  const underWay = new Map<string, Promise<void>>();
  const timers = new Map<string, NodeJS.Timeout>();
  const closing = new AbortController();
  // Every probe listens, and there are as many probes as partners.
  setMaxListeners(0, closing.signal);

  async function ask(code: string): Promise<void> {
    const outcome = await probe(code, closing.signal).catch((): CallOutcome => 'UNAVAILABLE');
    if (outcome === undefined) return;
    // A check that closing cut off says nothing about the partner.
    if (!closing.signal.aborted) status.recordCall(code, outcome);
  }

  /** One check of a partner at a time. A second caller waits for the same check. */
  function check(code: string): Promise<void> {
    const running = underWay.get(code);
    if (running) return running;
    const asked = ask(code).finally(() => underWay.delete(code));
    underWay.set(code, asked);
    return asked;
  }

  function schedule(code: string): void {
    const timer = setTimeout(
      () => {
        void check(code).finally(() => {
          if (!closing.signal.aborted) schedule(code);
        });
      },
      vary(intervalMs, random),
    );
    timer.unref();
    timers.set(code, timer);
  }

  const checkAll = async () => {
    await Promise.all(partners.map(check));
  };

  const close = async () => {
    closing.abort();
    for (const timer of timers.values()) clearTimeout(timer);
    await Promise.all(underWay.values());
  };

  return {
    check,
    checkAll,
    async start() {
      for (const code of partners) if (!timers.has(code)) schedule(code);
      await atMost(longestStartMs, checkAll());
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
