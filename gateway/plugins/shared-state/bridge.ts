import type { Logger } from '@hub/shared/system';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { longestWaitMs, type ToPrimary, type ToWorker } from '../../process/workers/messages.js';
import type { Relay } from '../../process/workers/relay.js';
import { Acknowledgements } from './acknowledgements.js';
import { OtherHubs } from './other-hubs.js';
import type { OpenedMessage, Seal } from './seal.js';
import type { OpenStore } from './store-connection.js';
import { storeTopic, type StoreNews } from './store-topic.js';
import { mostBytes, sharedTopics } from './topics.js';

/** Counts what hubs send each other. */
export interface SharedStateMeter {
  /** Whether the store is unavailable. */
  unavailable(isUnavailable: boolean): void;
  /** How many other hubs are heard. */
  hubs(count: number): void;
  /**
   * `sent` and `received` messages; `refused`: not of a hub with this key, sent again, too old, or of
   * another form; `lost`: never arrived.
   */
  message(result: 'sent' | 'received' | 'refused' | 'lost'): void;
}

export interface BridgeOptions {
  readonly relay: Pick<Relay, 'join' | 'leave' | 'receive'>;
  readonly seal: Seal;
  readonly openStore: OpenStore;
  readonly meter: SharedStateMeter;
  readonly logger: Logger;
  /** @default `usualTimes` */
  readonly times?: Partial<typeof usualTimes>;
  /** A monotonic clock in milliseconds. @default `performance.now` */
  readonly now?: () => number;
}

/**
 * How often a hub says that it is there, and after how long of silence the store, or another hub, is
 * unavailable. How old a message may be, whatever the clocks of machines show. In ms.
 */
const usualTimes = { beatMs: 1_000, silentMs: 4_000, oldestMs: 60_000 };

/** Messages are lost one after the other: one look at everything anew is enough for all of them. */
const resetMs = 1_000;

const own = { here: 'here', gone: 'gone', took: 'took' } as const;
const wanted = 'changes-wanted';
const known = 'changes-known';

const contentSchema = z.strictObject({
  at: z.number(),
  topic: z.string().max(50),
  body: z.unknown().optional(),
  wantsAck: z.boolean().optional(),
});
type Content = z.output<typeof contentSchema>;
const tookSchema = z.strictObject({ sender: z.string().length(32), sequence: z.int() });

/**
 * Connects the workers of this hub with those of other hubs, by a store that passes messages on and
 * keeps nothing. To its workers it is one more worker: what they notify goes to the other hubs, and
 * what comes from there is a notification to all of them.
 */
export class Bridge {
  readonly #options: BridgeOptions;
  readonly #times: typeof usualTimes;
  readonly #now: () => number;
  readonly #hubs: OtherHubs;
  readonly #acks: Acknowledgements;
  readonly #member = { send: (message: ToWorker) => void this.#take(message) };
  /** Messages whose senders wait until this hub has handled them. */
  readonly #handling = new Map<number, z.output<typeof tookSchema>>();
  readonly #store: ReturnType<OpenStore>;
  readonly #beat: NodeJS.Timeout;
  #lastId = 0;
  #unavailableBecause: string | undefined = 'not connected yet';
  #heardAt: number;
  #isKnownWanted = false;
  #reset: { isWanted: boolean; readonly timer: NodeJS.Timeout } | undefined;

  constructor(options: BridgeOptions) {
    this.#options = options;
    this.#times = { ...usualTimes, ...options.times };
    this.#now = options.now ?? (() => performance.now());
    this.#heardAt = this.#now();
    this.#hubs = new OtherHubs(this.#times.silentMs, this.#now);
    this.#acks = new Acknowledgements(longestWaitMs, (hub) => this.#hubs.leave(hub));
    options.meter.unavailable(true);
    void options.relay.join(this.#member);
    this.#store = options.openStore(options.seal.channel, {
      onMessage: (bytes) => this.#receive(bytes),
      onConnected: () => {
        this.#heardAt = this.#now();
        void this.#send(own.here);
      },
      onUnavailable: (reason) => this.#setUnavailable(reason),
    });
    this.#beat = setInterval(() => this.#checkStore(), this.#times.beatMs);
    this.#beat.unref();
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    clearTimeout(this.#reset?.timer);
    this.#options.relay.leave(this.#member);
    this.#acks.leaveAll();
    // A store that does not respond must not delay the shutdown.
    await Promise.race([this.#send(own.gone), wait(longestWaitMs, undefined, { ref: false })]);
    await this.#store.close();
  }

  /** What this hub publishes comes back to it. So it knows whether messages arrive. */
  #checkStore(): void {
    if (this.#now() - this.#heardAt > this.#times.silentMs) {
      this.#heardAt = this.#now();
      if (this.#unavailableBecause === undefined) this.#setUnavailable('silent');
      this.#store.reconnect();
    }
    this.#options.meter.hubs(this.#hubs.list().length);
    void this.#send(own.here);
  }

  #setUnavailable(reason: string): void {
    if (this.#unavailableBecause === reason) return;
    this.#unavailableBecause = reason;
    this.#options.meter.unavailable(true);
    this.#options.logger.warn({ reason }, 'the store is unavailable: this hub counts alone');
    this.#hubs.leaveAll();
    this.#acks.leaveAll();
    this.#notifyWorkers(false);
  }

  #setBack(): void {
    this.#heardAt = this.#now();
    if (this.#unavailableBecause === undefined) return;
    this.#unavailableBecause = undefined;
    this.#options.meter.unavailable(false);
    this.#options.logger.info('the store is available');
    this.#resetNow();
  }

  /** Messages of other hubs may be lost: what is cached is not certain, and changes are missing. */
  #resetSoon(): void {
    if (this.#reset) {
      this.#reset.isWanted = true;
      return;
    }
    const timer = setTimeout(() => {
      const isWanted = this.#reset?.isWanted;
      this.#reset = undefined;
      if (isWanted) this.#resetSoon();
    }, resetMs);
    timer.unref();
    this.#reset = { isWanted: false, timer };
    this.#resetNow();
  }

  #resetNow(): void {
    this.#notifyWorkers(true);
    void this.#send(wanted, {});
  }

  #notifyWorkers(isReset: boolean): void {
    const body: StoreNews = { unavailableBecause: this.#unavailableBecause, isReset };
    this.#notify({ id: ++this.#lastId, topic: storeTopic, body });
  }

  #notify(message: ToPrimary): void {
    this.#options.relay.receive(this.#member, message);
  }

  /** Takes what a worker notifies. */
  async #take(message: ToWorker): Promise<void> {
    if ('taken' in message) {
      const took = this.#handling.get(message.taken);
      this.#handling.delete(message.taken);
      if (took) await this.#send(own.took, took);
    } else if ('topic' in message) {
      await this.#pass(message.topic, message.body);
      this.#notify({ took: message.id });
    } else if ('others' in message) {
      this.#notify({ took: message.id });
      // A new worker does not know it yet.
      this.#notifyWorkers(false);
    }
  }

  /** Resolves when the other hubs have it, or cannot have it. */
  async #pass(name: string, body: unknown): Promise<void> {
    const topic = sharedTopics.get(name);
    if (!topic) return;
    const parts = topic.split?.(body) ?? [body];
    if (name === known) {
      if (!this.#isKnownWanted || parts.length === 0) return;
      this.#isKnownWanted = false;
    }
    await Promise.all(parts.map((part) => this.#send(name, part, topic.isAcknowledged)));
  }

  /** A number is used up even if the message cannot be sent: then others see that one is lost. */
  async #send(topic: string, body?: unknown, wantsAck?: true): Promise<void> {
    const content: Content = { at: Date.now(), topic, body, ...(wantsAck && { wantsAck }) };
    const { sequence, bytes } = this.#options.seal.write(content);
    if (this.#unavailableBecause !== undefined && topic !== own.here) return;
    if (bytes.length > mostBytes) return;
    const hubs = wantsAck ? this.#hubs.list() : [];
    const handled = this.#acks.wait(sequence, hubs);
    const reason = await this.#store.publish(bytes);
    if (reason === undefined) this.#options.meter.message('sent');
    // A connection that failed has said why.
    else if (this.#unavailableBecause === undefined) this.#setUnavailable(reason);
    await handled;
  }

  #receive(bytes: Buffer): void {
    const message = this.#options.seal.read(bytes);
    const content = contentSchema.safeParse(message?.content).data;
    if (message?.sender === this.#options.seal.sender && content?.topic === own.here)
      return this.#setBack();
    if (message?.sender === this.#options.seal.sender) return;
    const isTaken = message && content && this.#hear(message, content);
    this.#options.meter.message(isTaken ? 'received' : 'refused');
  }

  /** Returns false if the message is refused. */
  #hear({ sender, sequence }: OpenedMessage, { at, topic, body, wantsAck }: Content): boolean {
    if (Math.abs(Date.now() - at) > this.#times.oldestMs) return false;
    const place = this.#hubs.hear(sender, sequence);
    if (place === 'old') return false;
    if (place === 'gap') this.#options.meter.message('lost');
    if (place !== 'next') this.#resetSoon();
    if (topic === own.here) return true;
    if (topic === own.gone) {
      this.#hubs.leave(sender);
      this.#acks.leave(sender);
      return true;
    }
    if (topic === own.took) {
      const took = tookSchema.safeParse(body).data;
      if (took?.sender === this.#options.seal.sender) this.#acks.settle(took.sequence, sender);
      return took !== undefined;
    }
    const read = sharedTopics.get(topic)?.body.safeParse(body);
    if (!read?.success) return false;
    if (topic === wanted) this.#isKnownWanted = true;
    const id = ++this.#lastId;
    if (wantsAck) this.#handling.set(id, { sender, sequence });
    this.#notify({ id, topic, body: read.data });
    return true;
  }
}
