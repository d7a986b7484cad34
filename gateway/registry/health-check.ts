import { setMaxListeners } from 'node:events';
import type { CallOutcome, PartnerStatus } from './partner-status.js';

export interface HealthCheckOptions {
  readonly partners: readonly string[];
  readonly status: PartnerStatus;
  /** Asks one partner something light. It tells how that ended and does not throw; undefined tells nothing of it. */
  readonly probe: (code: string, signal: AbortSignal) => Promise<CallOutcome | undefined>;
  /** Between two checks of a partner. @default 15000 */
  readonly intervalMs?: number;
  /** A number from 0 to 1. @default Math.random */
  readonly random?: () => number;
}

/** Asks every partner from time to time whether it is there, each on its own beat. */
export interface HealthCheck extends AsyncDisposable {
  /** Asks all partners now, and ends when each has answered or failed. */
  checkAll(): Promise<void>;
  /**
   * Begins the beat with a first check of all, and ends when that is over, or after a second: partners that are away
   * hold nobody up. The beat keeps no process alive.
   */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Beats are spread by up to a fifth, so that several hubs do not ask all at once. */
const jitter = 0.2;

const longestStartMs = 1_000;

export function createHealthCheck({
  partners,
  status,
  probe,
  intervalMs = 15_000,
  random = Math.random,
}: HealthCheckOptions): HealthCheck {
  const underWay = new Map<string, Promise<void>>();
  const timers = new Map<string, NodeJS.Timeout>();
  const closing = new AbortController();
  // Every probe listens, and there are as many at a time as partners.
  setMaxListeners(0, closing.signal);

  async function ask(code: string): Promise<void> {
    const outcome = await probe(code, closing.signal).catch((): CallOutcome => 'UNAVAILABLE');
    if (outcome === undefined) return;
    // What a closing hub cut short says nothing of the partner.
    if (!closing.signal.aborted) status.recordCall(code, outcome);
  }

  /** One check of a partner at a time: whoever asks meanwhile waits for that one. */
  function check(code: string): Promise<void> {
    const running = underWay.get(code);
    if (running) return running;
    const asked = ask(code).finally(() => underWay.delete(code));
    underWay.set(code, asked);
    return asked;
  }

  function schedule(code: string): void {
    const delay = intervalMs * (1 - jitter + 2 * jitter * random());
    const timer = setTimeout(() => {
      void check(code).finally(() => {
        if (!closing.signal.aborted) schedule(code);
      });
    }, delay);
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
    checkAll,
    async start() {
      for (const code of partners) if (!timers.has(code)) schedule(code);
      let timer: NodeJS.Timeout | undefined;
      const tooLong = new Promise<void>((resolve) => (timer = setTimeout(resolve, longestStartMs)));
      await Promise.race([checkAll(), tooLong]);
      clearTimeout(timer);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
