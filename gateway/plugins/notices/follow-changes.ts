import { HubError } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import type { Positions } from './cursor.js';
import type { NoticeLog, OwnedNotice } from './notice-log.js';
import type { Readable } from './readable.js';

/** Which partners send their changes to this hub. The same form as in other responses. */
interface Feeding {
  readonly complete: boolean;
  readonly partners: Readonly<Record<string, { readonly status: string }>>;
}

type News =
  /** Which partners feed the stream: at its start, and when that changes. */
  | { readonly kind: 'feeding'; readonly feeding: Feeding }
  | { readonly kind: 'change'; readonly notice: OwnedNotice; readonly version: number | null }
  /** Changes of this partner, or perhaps of all, are lost for this stream. */
  | { readonly kind: 'missed'; readonly partner?: string }
  /** Nothing has happened for a while. */
  | { readonly kind: 'beat' };

export type StreamEvent = News & {
  /** How far the stream has come with this event. */
  readonly positions: Positions;
};

/** Why a stream ends. */
export type StreamEnd =
  /** The client may connect again at once: the hub restarts, or the stream has had its time. */
  | { readonly kind: 'over' }
  /** The client may not go on. */
  | { readonly kind: 'refused'; readonly error: HubError };

export interface FollowOptions {
  readonly log: NoticeLog;
  readonly readable: Readable;
  readonly reader: Reader;
  readonly isWanted: (notice: OwnedNotice) => boolean;
  /** The partners of the network. */
  readonly partners: readonly string[];
  /** Why a partner takes no part; undefined if it does. */
  readonly closedAs: (partner: string) => string | undefined;
  /** Where to begin. A partner that is missing here begins with its next change. */
  readonly from: Positions;
  /** Whether the client’s position cannot be read any more. */
  readonly isLost: boolean;
  /** Throws if the caller may not go on: its token has expired. */
  readonly check: () => Promise<void>;
  /** Whether the hub ends its streams. */
  readonly isClosing: () => boolean;
  readonly signal: AbortSignal;
  readonly times: StreamTimes;
}

export interface StreamTimes {
  /** How often a stream says that it is alive, and its caller is checked, in ms. */
  readonly beatMs: number;
  /** The longest life of a stream, in ms. */
  readonly lifeMs: number;
}

/** How many changes are decided at a time. */
const atOnce = 100;
/** How long the hub waits until it asks an owner again that could not decide. */
const againMs = 5_000;

/** Resolves at a change since then, after the time, or when the client disconnects. */
async function waitFor(
  log: NoticeLog,
  since: number,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const timer = setTimeout(end, Math.max(0, ms));
  timer.unref();
  signal.addEventListener('abort', end, { once: true });
  const stop = log.onChange(since, end);
  if (signal.aborted) end();
  await ended;
  clearTimeout(timer);
  signal.removeEventListener('abort', end);
  stop();
}

/** One stream: what it has told, and who could not be asked. */
class Follower {
  readonly #positions: Map<string, number>;
  readonly #undecided = new Set<string>();
  #told = '';

  constructor(private readonly options: FollowOptions) {
    const { from, partners } = options;
    this.#positions = new Map([...from].filter(([partner]) => partners.includes(partner)));
  }

  get isUndecided(): boolean {
    return this.#undecided.size > 0;
  }

  event(news: News): StreamEvent {
    return { ...news, positions: new Map(this.#positions) };
  }

  /** Which partners feed the stream, if that has changed since it was told. */
  findFeeding(): Feeding | undefined {
    const { partners, closedAs, log } = this.options;
    // A cursor must say of each partner that feeds the stream where it began.
    for (const partner of partners) this.#begin(partner);
    const statuses = partners.map((partner) => {
      const isFed = log.isFedBy(partner) && !this.#undecided.has(partner);
      return [partner, closedAs(partner) ?? (isFed ? 'ANSWERED' : 'UNAVAILABLE')] as const;
    });
    const text = JSON.stringify(statuses);
    if (text === this.#told) return undefined;
    this.#told = text;
    return {
      complete: statuses.every(([, status]) => status === 'ANSWERED'),
      partners: Object.fromEntries(statuses.map(([partner, status]) => [partner, { status }])),
    };
  }

  /** What a partner’s next changes are for this stream. */
  async *advance(partner: string): AsyncGenerator<StreamEvent, boolean> {
    const { log, isWanted } = this.options;
    const position = this.#begin(partner);
    if (position === undefined) return false;
    const { isGap, notices, to } = log.read(partner, position, atOnce);
    const wanted = notices.filter(isWanted);
    const decisions = wanted.length > 0 ? await this.#decide(wanted) : [];
    if (isGap) yield this.event({ kind: 'missed', partner });
    for (const [place, notice] of wanted.entries()) {
      // A client that reads slowly may outlive its token, and the first decisions.
      const [decision] = decisions[place] ? await this.#decide([notice]) : [];
      if (!decision) {
        this.#undecided.add(partner);
        return false;
      }
      this.#positions.set(partner, notice.sequence);
      if (decision.isReadable)
        yield this.event({ kind: 'change', notice, version: decision.version });
    }
    this.#undecided.delete(partner);
    this.#positions.set(partner, to);
    return to !== position;
  }

  async #decide(notices: readonly OwnedNotice[]) {
    const { check, readable, reader } = this.options;
    await check();
    return readable.decide(reader, notices);
  }

  #begin(partner: string): number | undefined {
    const known = this.#positions.get(partner) ?? this.options.log.positionOf(partner);
    if (known !== undefined) this.#positions.set(partner, known);
    return known;
  }
}

/** The events of one caller’s stream, as long as the caller may go on. */
async function* listEvents(options: FollowOptions): AsyncGenerator<StreamEvent, void> {
  const { log, partners, check, isClosing, signal, times } = options;
  const follower = new Follower(options);
  const endsAt = performance.now() + times.lifeMs;
  let beatAt = performance.now() + times.beatMs;
  let isLost = options.isLost;
  const isOver = () => signal.aborted || isClosing() || performance.now() >= endsAt;
  while (!isOver()) {
    const since = log.changes;
    const feeding = follower.findFeeding();
    if (feeding) yield follower.event({ kind: 'feeding', feeding });
    if (isLost) yield follower.event({ kind: 'missed' });
    isLost = false;
    let hasMoved = false;
    for (const partner of partners) {
      if (isOver()) break;
      hasMoved = (yield* follower.advance(partner)) || hasMoved;
    }
    if (hasMoved) continue;
    const pause = follower.isUndecided ? againMs : times.beatMs;
    const now = performance.now();
    if (now >= beatAt) {
      await check();
      beatAt = now + times.beatMs;
      yield follower.event({ kind: 'beat' });
    }
    await waitFor(log, since, Math.min(pause, beatAt - now, endsAt - now), signal);
  }
}

/** Sends one caller the changes that it subscribes to and may know, until the stream ends. */
export async function* followChanges(
  options: FollowOptions,
): AsyncGenerator<StreamEvent, StreamEnd> {
  try {
    yield* listEvents(options);
    return { kind: 'over' };
  } catch (error) {
    if (error instanceof HubError) return { kind: 'refused', error };
    throw error;
  }
}
