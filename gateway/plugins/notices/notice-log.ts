import type { changeNotices } from '@hub/shared/partner';

/** A change, and the partner whose data changed. */
export interface OwnedNotice extends changeNotices.ChangeNotice {
  readonly owner: string;
}

/** What is known of one partner’s changes: all of them after one link, up to another. */
export interface KnownChanges {
  readonly from: number;
  readonly to: number;
  readonly notices: readonly OwnedNotice[];
}

interface PartnerLog extends KnownChanges {
  readonly heardAt: number;
}

/** The changes after a position. */
export interface ReadChanges {
  /** True if changes between the position and the first of these are not known. */
  readonly isGap: boolean;
  readonly notices: readonly OwnedNotice[];
  /** The position after these. */
  readonly to: number;
}

export interface NoticeLogOptions {
  /** How many changes of a partner are kept. @default 500 */
  readonly kept?: number;
  /** After how many ms of silence a partner no longer feeds the log. @default 45000 */
  readonly silentMs?: number;
  /** A monotonic clock in milliseconds. @default `performance.now` */
  readonly now?: () => number;
}

/**
 * The latest changes of all partners, in memory. Every stream reads from it at its own pace, so a
 * slow client costs no memory: what it has not read in time is gone, and it is told so.
 */
export class NoticeLog {
  readonly #logs = new Map<string, PartnerLog>();
  readonly #kept: number;
  readonly #silentMs: number;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #changes = 0;

  constructor({
    kept = 500,
    silentMs = 45_000,
    now = () => performance.now(),
  }: NoticeLogOptions = {}) {
    this.#kept = kept;
    this.#silentMs = silentMs;
    this.#now = now;
  }

  /** The number of the last link that is known; undefined if the partner has not been heard. */
  positionOf(partner: string): number | undefined {
    return this.#logs.get(partner)?.to;
  }

  /** Whether the partner sends its changes, as far as is known. */
  isFedBy(partner: string): boolean {
    const log = this.#logs.get(partner);
    return log !== undefined && this.#now() - log.heardAt < this.#silentMs;
  }

  /**
   * Takes a batch, if it continues what is known.
   * @returns whether it was taken. Otherwise the partner must send from {@link positionOf}.
   */
  take(partner: string, batch: changeNotices.NoticeBatch): boolean {
    const known = this.#logs.get(partner);
    const { after, to, isStart } = batch;
    const continues = known !== undefined && after <= known.to && known.to <= to;
    if (!continues && !isStart) {
      if (known) this.#logs.set(partner, { ...known, heardAt: this.#now() });
      return false;
    }
    const notices = batch.changes.map((change) => ({ ...change, owner: partner }));
    if (!continues) {
      this.#set(partner, { from: after, to, notices });
      return true;
    }
    const fresh = notices.filter(({ sequence }) => sequence > known.to);
    this.#set(partner, { from: known.from, to, notices: [...known.notices, ...fresh] });
    return true;
  }

  /** Takes what another worker knows, if it is more. */
  adopt(partner: string, known: KnownChanges): void {
    const own = this.#logs.get(partner);
    const isMore = !own || known.to > own.to || (known.to === own.to && known.from < own.from);
    if (isMore) this.#set(partner, known);
  }

  /** What is known of each partner, for another worker. */
  list(): [partner: string, known: KnownChanges][] {
    return [...this.#logs].map(([partner, { from, to, notices }]) => [
      partner,
      { from, to, notices },
    ]);
  }

  /** The changes after a position. A position beyond the end is of a record that was put back. */
  read(partner: string, position: number, most: number): ReadChanges {
    const log = this.#logs.get(partner);
    if (!log) return { isGap: false, notices: [], to: position };
    if (position > log.to) return { isGap: true, notices: [], to: log.to };
    const isGap = position < log.from;
    const notices = log.notices.filter(({ sequence }) => sequence > position).slice(0, most);
    const last = notices.length < most ? undefined : notices.at(-1)?.sequence;
    return { isGap, notices, to: last ?? log.to };
  }

  /** Increases whenever something has changed. */
  get changes(): number {
    return this.#changes;
  }

  /**
   * Calls the listener at the next change, if nothing has changed since.
   * @param since the {@link changes} that the listener knows
   * @returns a function that removes the listener: a promise would keep those of ended streams
   */
  onChange(since: number, listener: () => void): () => void {
    if (since === this.#changes) this.#listeners.add(listener);
    else listener();
    return () => void this.#listeners.delete(listener);
  }

  /** Wakes all who wait. */
  wake(): void {
    this.#changes += 1;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }

  #set(partner: string, { from, to, notices }: KnownChanges): void {
    const dropped = notices.slice(0, Math.max(0, notices.length - this.#kept));
    this.#logs.set(partner, {
      from: Math.max(from, dropped.at(-1)?.sequence ?? 0),
      to,
      notices: notices.slice(dropped.length),
      heardAt: this.#now(),
    });
    this.wake();
  }
}
