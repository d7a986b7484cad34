import type { Logger } from '../../system/logger.js';
import type { NoticeBatch, TellHub } from './notice.js';
import type { NoticeSource } from './read-notices.js';

export interface NoticeSenderOptions {
  readonly partner: string;
  readonly notices: NoticeSource;
  readonly tellHub: TellHub;
  /** Calls a function after each mutation of this process. Returns a function that ends it. */
  readonly watch: (listener: () => void) => () => void;
  readonly logger: Logger;
  /** @default `usualTimes` */
  readonly times?: Partial<SenderTimes>;
  /** A monotonic clock in milliseconds. @default `performance.now` */
  readonly now?: () => number;
}

interface SenderTimes {
  /** How often the record is looked at for changes of other processes, in ms. */
  readonly pollMs: number;
  /** How often the hub is told that nothing has changed, in ms. */
  readonly beatMs: number;
  /** How long to wait after an error, in ms. It doubles up to `beatMs`. */
  readonly retryMs: number;
}

const usualTimes: SenderTimes = { pollMs: 5_000, beatMs: 15_000, retryMs: 500 };

/** Sends the hub a partner’s changes, from the start of its server to its end. */
export interface NoticeSender {
  begin(): void;
  stop(): Promise<void>;
}

/**
 * Sends what the record of changes has and the hub does not. The record is the source: a notice that
 * is lost is sent again, because the hub says what it has. It never throws and delays no mutation.
 */
export function createNoticeSender({
  partner,
  notices,
  tellHub,
  watch,
  logger,
  times,
  now = () => performance.now(),
}: NoticeSenderOptions): NoticeSender {
  const { pollMs, beatMs, retryMs } = { ...usualTimes, ...times };
  /** What the hub has. Undefined before its first reply, null if it has nothing. */
  let has: number | null | undefined;
  let beatAt = -Infinity;
  let waitMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isAgain = false;
  let isOpen = false;
  let unwatch: (() => void) | undefined;
  let told: string | undefined;

  const send = async (batch: NoticeBatch): Promise<void> => {
    const reply = await tellHub(batch);
    beatAt = now();
    ({ has } = reply);
  };

  /** The next batch that the hub needs; undefined if it has everything. */
  const findNext = async (): Promise<NoticeBatch | undefined> => {
    const head = await notices.readHead();
    if (has === null) return notices.readLatest();
    // A back-up was put back, so the hub knows of changes that are no longer in the record.
    if (has !== undefined && has > head)
      return { after: head, to: head, isStart: true, changes: [] };
    if (has !== undefined && has < head) return notices.readAfter(has);
    const isDue = has === undefined || now() - beatAt >= beatMs;
    return isDue ? { after: head, to: head, isStart: false, changes: [] } : undefined;
  };

  const round = async (): Promise<void> => {
    try {
      for (;;) {
        const batch = isOpen ? await findNext() : undefined;
        if (!batch) break;
        const before = has;
        await send(batch);
        // A hub that does not get further is told again later, and not at once.
        if (has === before && batch.to !== batch.after) break;
      }
      waitMs = pollMs;
      told = undefined;
    } catch (error) {
      waitMs = Math.min(beatMs, told === undefined ? retryMs : waitMs * 2);
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== told) logger.debug({ partner, reason }, 'the hub was not told of changes');
      told = reason;
    }
  };

  const run = (): void => {
    clearTimeout(timer);
    if (running) {
      isAgain = true;
      return;
    }
    running = round().then(() => {
      running = undefined;
      if (!isOpen) return;
      if (isAgain && told === undefined) {
        isAgain = false;
        run();
        return;
      }
      isAgain = false;
      timer = setTimeout(run, waitMs);
      timer.unref();
    });
  };

  return {
    begin() {
      if (isOpen) return;
      isOpen = true;
      // While the hub is unavailable, a mutation does not make the partner call it more often.
      unwatch = watch(() => {
        if (told === undefined) run();
      });
      run();
    },
    async stop() {
      isOpen = false;
      unwatch?.();
      clearTimeout(timer);
      await running;
    },
  };
}
