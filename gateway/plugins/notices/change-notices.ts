import { HubError, refuseInput } from '@hub/shared/errors';
import { type SubscribedOperation, maskError } from '@hub/shared/graphql';
import type { Reader } from '@hub/shared/identity';
import { changeNotices } from '@hub/shared/partner';
import type { EndOfStream, OperationStream, StreamMessage } from '@hub/shared/server';
import type { Logger } from '@hub/shared/system';
import { type ExecutionResult, createSourceEventStream, execute } from 'graphql';
import type { OtherWorkers } from '../../process/workers/other-workers.js';
import { createCursors } from './cursor.js';
import {
  type StreamEnd,
  type StreamEvent,
  type StreamTimes,
  followChanges,
} from './follow-changes.js';
import { type KnownChanges, NoticeLog, type OwnedNotice } from './notice-log.js';
import { type AskOwner, createReadable } from './readable.js';
import type { StreamPlaces } from './stream-places.js';

/** The argument `filter` of `Subscription.changed`. */
interface ChangedFilter {
  readonly subjects?: readonly string[] | null;
  readonly types?: readonly string[] | null;
  readonly owners?: readonly string[] | null;
}

/** The longest list in a filter. */
const longestList = 100;

/**
 * Makes the check whether a filter selects a change.
 * @throws HubError `BAD_USER_INPUT` for a list that is too long
 */
function chooseChanges(filter: ChangedFilter | null | undefined): (notice: OwnedNotice) => boolean {
  const read = (name: keyof ChangedFilter): ReadonlySet<string> | undefined => {
    const list = filter?.[name];
    if (list == null) return undefined;
    if (list.length > longestList)
      refuseInput(`filter.${name}`, `\`${name}\` may have at most ${longestList} items.`);
    return new Set(list);
  };
  const [subjects, types, owners] = [read('subjects'), read('types'), read('owners')];
  return ({ subject, type, owner }) =>
    (subjects?.has(subject) ?? true) && (types?.has(type) ?? true) && (owners?.has(owner) ?? true);
}

/** Counts the notices. */
export interface NoticeMeter {
  /** A partner has sent so many changes. */
  received(partner: string, count: number): void;
  /** A client was told of a change, or that it missed some. */
  sent(what: 'change' | 'missed'): void;
  /** A stream has begun (1) or ended (-1). */
  streams(change: 1 | -1): void;
}

export interface ChangeNoticesOptions {
  readonly partners: readonly string[];
  readonly closedAs: (partner: string) => string | undefined;
  readonly ask: AskOwner;
  readonly others: OtherWorkers;
  readonly logger: Logger;
  /** Called when a partner’s data has changed, before clients are notified. */
  readonly onChanged: (partner: string) => void;
  /**
   * Takes a place for a stream. Returns a function that releases it.
   * @throws `RATE_LIMITED`
   */
  readonly enter: StreamPlaces['enter'];
  /** Encrypts cursors; the same for all workers and hubs. @default a random key */
  readonly cursorKey?: Buffer | undefined;
  /** @default `usualTimes` */
  readonly times?: Partial<StreamTimes> | undefined;
  readonly log?: NoticeLog;
  readonly meter?: NoticeMeter | undefined;
}

/** A request for a stream, and its caller. */
export interface Listener {
  readonly reader: Reader;
  readonly address: string | undefined;
  readonly requestId: string;
  /** The position in the header `Last-Event-ID`. */
  readonly lastEventId?: string | undefined;
  readonly signal: AbortSignal;
  /** Throws if the caller may not go on. */
  readonly check: () => Promise<void>;
}

/** Notices of changes: they come from partners and go to clients. */
export interface ChangeNotices {
  /** Takes what a partner sends. @throws HubError `BAD_USER_INPUT`, `FORBIDDEN` */
  receive(partner: string, body: unknown): Promise<changeNotices.NoticeReply>;
  /** Opens a stream for a valid subscription. @throws HubError */
  open(operation: SubscribedOperation, listener: Listener): Promise<OperationStream>;
  /** Whether the partner sends its changes, as far as is known. */
  isFedBy(partner: string): boolean;
  /** Asks the other workers what they know. Resolves when they have been asked. */
  join(): Promise<void>;
  /** Ends all streams. Their clients may connect to another worker. */
  close(): void;
}

const usualTimes: StreamTimes = { beatMs: 15_000, lifeMs: 30 * 60_000 };

const topics = { batch: 'changes', wanted: 'changes-wanted', known: 'changes-known' } as const;

interface Arguments {
  readonly filter?: ChangedFilter | null;
  readonly after?: string | null;
}

const endOf = (end: StreamEnd): EndOfStream => ({
  mayReturn: end.kind === 'over',
  error: (end.kind === 'refused' ? end.error : new HubError('STREAM_ENDED')).toJSON(),
});

/** What the resolver of `Subscription.changed` finds in an event. */
function toRoot(event: StreamEvent): { readonly changed: () => object | null } {
  if (event.kind === 'change') {
    const { subject, type, owner, at } = event.notice;
    return { changed: () => ({ subject, type, owner, at, version: event.version }) };
  }
  if (event.kind !== 'missed') return { changed: () => null };
  const { partner } = event;
  return {
    changed() {
      throw new HubError('NOTICES_MISSED', { partner });
    },
  };
}

export function createChangeNotices(options: ChangeNoticesOptions): ChangeNotices {
  const { partners, closedAs, others, logger, onChanged, enter, cursorKey, meter } = options;
  const log = options.log ?? new NoticeLog();
  const readable = createReadable({ ask: options.ask });
  const cursors = createCursors(cursorKey);
  const times = { ...usualTimes, ...options.times };
  let isClosing = false;

  const take = (partner: string, batch: changeNotices.NoticeBatch): boolean => {
    const before = log.positionOf(partner);
    // What is cached was read before the change.
    if (before !== batch.to) onChanged(partner);
    return log.take(partner, batch);
  };
  others.listen(topics.batch, (body) => {
    const { partner, batch } = body as {
      readonly partner: string;
      readonly batch: changeNotices.NoticeBatch;
    };
    if (!partners.includes(partner)) return;
    // This worker is behind: another one has the rest.
    if (!take(partner, batch)) void others.notify(topics.wanted, {});
  });
  others.listen(topics.wanted, () => void others.notify(topics.known, log.list()));
  others.listen(topics.known, (body) => {
    for (const [partner, known] of body as [string, KnownChanges][]) {
      if (!partners.includes(partner)) continue;
      if (known.to !== log.positionOf(partner)) onChanged(partner);
      log.adopt(partner, known);
    }
  });

  const openPlace = (...place: Parameters<StreamPlaces['enter']>): (() => void) => {
    const leave = enter(...place);
    let isIn = true;
    meter?.streams(1);
    return () => {
      if (!isIn) return;
      isIn = false;
      leave();
      meter?.streams(-1);
    };
  };

  async function* runStream(
    { schema, document, variables, operationName }: SubscribedOperation,
    events: AsyncGenerator<StreamEvent, StreamEnd>,
    { requestId, leave }: { readonly requestId: string; readonly leave: () => void },
  ): OperationStream {
    const write = async (event: StreamEvent): Promise<StreamMessage> => {
      const id = cursors.write(event.positions);
      if (event.kind === 'beat') return { id };
      const rootValue = toRoot(event);
      const { data, errors }: ExecutionResult = await execute({
        schema,
        document,
        rootValue,
        variableValues: variables,
        operationName,
      });
      const extensions = {
        cursor: id,
        ...(event.kind === 'feeding' && { completeness: event.feeding }),
      };
      const masked = errors?.map((error) => maskError(error, { requestId, logger }));
      if (event.kind !== 'feeding') meter?.sent(event.kind);
      return { id, result: { ...(masked && { errors: masked }), data, extensions } };
    };
    try {
      for (;;) {
        const next = await events.next();
        if (next.done) return endOf(next.value);
        yield await write(next.value);
      }
    } finally {
      leave();
    }
  }

  return {
    async receive(partner, body) {
      if (!partners.includes(partner) || closedAs(partner)) throw new HubError('FORBIDDEN');
      const batch = changeNotices.readBatch(body);
      if (!batch) throw new HubError('BAD_USER_INPUT', { argument: 'body' });
      if (take(partner, batch)) {
        meter?.received(partner, batch.changes.length);
        await others.notify(topics.batch, { partner, batch });
      }
      return { has: log.positionOf(partner) ?? null };
    },
    async open(operation, { reader, address, requestId, lastEventId, signal, check }) {
      if (isClosing) throw new HubError('OVERLOADED', { retryAfter: 1 });
      const { schema, document, variables, operationName } = operation;
      let isDisplaced = false;
      const follow = (_root: unknown, { filter, after }: Arguments) => {
        // The position of a client that connects again is later than that of its operation.
        const cursor = lastEventId || after;
        const from = cursor == null ? undefined : cursors.read(cursor);
        return followChanges({
          log,
          readable,
          reader,
          isWanted: chooseChanges(filter),
          partners: partners.filter((partner) => filter?.owners?.includes(partner) ?? true),
          closedAs,
          from: from ?? new Map(),
          isLost: cursor != null && from === undefined,
          check,
          isClosing: () => isClosing || isDisplaced,
          signal,
          times,
        });
      };
      const events = await createSourceEventStream({
        schema,
        document,
        variableValues: variables,
        operationName,
        subscribeFieldResolver: follow,
      });
      if (!(Symbol.asyncIterator in events)) throw events.errors?.[0] ?? new Error('no stream');
      const leave = openPlace(reader, address, () => {
        isDisplaced = true;
        log.wake();
      });
      // The client may be gone before the stream is read.
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      const running = events as AsyncGenerator<StreamEvent, StreamEnd>;
      return runStream(operation, running, { requestId, leave });
    },
    isFedBy: (partner) => log.isFedBy(partner),
    async join() {
      await others.notify(topics.wanted, {});
    },
    close() {
      isClosing = true;
      log.wake();
    },
  };
}
