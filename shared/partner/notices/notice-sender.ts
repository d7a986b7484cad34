import { type DataSource, IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { isChange } from '../../records/chain/chain.js';
import { readLinksOf } from '../../records/chain/stored-form.js';
import { StoredAnchor, StoredReading } from '../../records/chain/stored.entity.js';
import type { Logger } from '../../system/logger.js';
import type { DescribeSubjects } from './describe-subjects.js';
import { type NoticeBatch, type TellHub, mostChanges } from './notice.js';

/** A partner’s record of changes, as notices are made of it. */
interface NoticeSource {
  /** The number of the last change, or of the last archived link. */
  readHead(): Promise<number>;
  /** The changes after a link, oldest first, up to {@link mostChanges}. */
  readAfter(after: number): Promise<NoticeBatch>;
  /** The latest changes, for a hub that knows none. */
  readLatest(): Promise<NoticeBatch>;
}

export function createNoticeSource(source: DataSource, describe: DescribeSubjects): NoticeSource {
  const { manager } = source;
  const ofChange = { subject: Not(IsNull()) };

  const readArchived = async () => (await manager.maximum(StoredAnchor, 'sequence')) ?? 0;

  const toBatch = async (
    rows: readonly StoredReading[],
    { after, isStart }: Pick<NoticeBatch, 'after' | 'isStart'>,
  ): Promise<NoticeBatch> => {
    const links = (await readLinksOf(manager, rows)).flatMap((row) => row.links.filter(isChange));
    const described = await describe([...new Set(links.map(({ subject }) => subject))]);
    const changes = links.flatMap(({ sequence, at, subject, fields }) => {
      const description = described.get(subject);
      if (!description) return [];
      const { type, version, audienceOf } = description;
      return { sequence, at, subject, type, version, audience: audienceOf(fields) };
    });
    return { after, to: rows.at(-1)?.sequence ?? after, isStart, changes };
  };

  return {
    async readHead() {
      const [last, archived] = await Promise.all([
        manager.maximum(StoredReading, 'sequence', ofChange),
        readArchived(),
      ]);
      return Math.max(last ?? 0, archived);
    },
    async readAfter(after) {
      const archived = await readArchived();
      const from = Math.max(after, archived);
      const rows = await manager.find(StoredReading, {
        where: { ...ofChange, sequence: MoreThan(from) },
        order: { sequence: 'ASC' },
        take: mostChanges,
      });
      return toBatch(rows, { after: from, isStart: archived > after });
    },
    async readLatest() {
      const latest = await manager.find(StoredReading, {
        where: ofChange,
        order: { sequence: 'DESC' },
        take: mostChanges,
      });
      const rows = latest.toReversed();
      const first = rows[0]?.sequence;
      const before =
        first === undefined
          ? undefined
          : await manager.maximum(StoredReading, 'sequence', {
              ...ofChange,
              sequence: LessThan(first),
            });
      const after = Math.max(before ?? 0, await readArchived());
      return toBatch(
        rows.filter(({ sequence }) => sequence > after),
        { after, isStart: true },
      );
    },
  };
}

interface NoticeSenderOptions {
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
