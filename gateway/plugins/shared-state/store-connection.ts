import { createClient, ErrorReply } from '@redis/client';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectionOptions } from 'node:tls';

/** A connection to the store. While it is unavailable, it connects again and again. */
interface Store {
  /** Sends a message to all hubs, this one too. Resolves with why it could not be sent. */
  publish(message: Buffer): Promise<string | undefined>;
  /** Connects anew, because the connection seems to be dead. */
  reconnect(): void;
  close(): Promise<void>;
}

/** What happens to the connection. */
interface StoreListener {
  readonly onMessage: (message: Buffer) => void;
  readonly onConnected: () => void;
  /** @param reason a code, such as `ECONNREFUSED` or `WRONGPASS` */
  readonly onUnavailable: (reason: string) => void;
}

export type OpenStore = (channel: string, listener: StoreListener) => Store;

export interface StoreOptions {
  /** `redis://` or `rediss://`, with a user and a password if the store wants them. */
  readonly url: string;
  /** Reads the password, for each connection. @default that of the URL */
  readonly readPassword?: (() => string) | undefined;
  /** Certificates, for each connection of `rediss://`. @default as Node does */
  readonly readCertificates?: (() => Pick<ConnectionOptions, 'ca' | 'cert' | 'key'>) | undefined;
  /** @default `usualTimes` */
  readonly times?: Partial<typeof usualTimes>;
}

/** How long until it connects again: the first time, and at most; and how long it tries. In ms. */
const usualTimes = { firstMs: 200, longestMs: 5_000, connectMs: 5_000 };

type Client = ReturnType<typeof createClientFor>;

function createClientFor(
  { url, readPassword, readCertificates }: StoreOptions,
  connectTimeout: number,
) {
  const address = new URL(url);
  const password = readPassword?.();
  if (password !== undefined) address.password = encodeURIComponent(password);
  return createClient({
    url: address.href,
    // In this version of the protocol, one connection both sends and listens.
    RESP: 3,
    // What cannot be sent now is of no use later.
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    socket: {
      connectTimeout,
      reconnectStrategy: false,
      ...(address.protocol === 'rediss:' && { tls: true as const, ...readCertificates?.() }),
    },
  });
}

/** A code without anything that the store said: it may have the name of a user. */
function describe(error: unknown): string {
  if (error instanceof ErrorReply) return /^[A-Z]+/.exec(error.message)?.[0] ?? 'ERR';
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : (error as object).constructor.name;
}

/** Creates a connection whose certificates and password are those that are there when it is made. */
export function createStore(options: StoreOptions): OpenStore {
  const { firstMs, longestMs, connectMs } = { ...usualTimes, ...options.times };
  return (channel, { onMessage, onConnected, onUnavailable }) => {
    const closing = new AbortController();
    let current: Client | undefined;
    let cut: (reason: string) => void = () => undefined;

    /** Resolves with why it ended. */
    async function runOnce(): Promise<string> {
      let client: Client | undefined;
      try {
        const one = (client = createClientFor(options, connectMs));
        const ended = new Promise<string>((resolve) => {
          cut = resolve;
          one.on('error', (error) => resolve(describe(error)));
        });
        await Promise.race([
          one.connect().then(() => one.subscribe(channel, onMessage, true)),
          ended.then((reason) => Promise.reject(Object.assign(new Error(), { code: reason }))),
        ]);
        current = one;
        onConnected();
        return await ended;
      } catch (error) {
        return describe(error);
      } finally {
        current = undefined;
        if (client?.isOpen) client.destroy();
      }
    }

    async function run(): Promise<void> {
      let pauseMs = firstMs;
      while (!closing.signal.aborted) {
        const startedAt = performance.now();
        const reason = await runOnce();
        if (closing.signal.aborted) return;
        onUnavailable(reason);
        if (performance.now() - startedAt > longestMs) pauseMs = firstMs;
        await wait(pauseMs, undefined, { signal: closing.signal }).catch(() => undefined);
        pauseMs = Math.min(2 * pauseMs, longestMs);
      }
    }

    const running = run();
    return {
      async publish(message) {
        if (!current) return 'not connected';
        try {
          await current.publish(channel, message);
          return undefined;
        } catch (error) {
          return describe(error);
        }
      },
      reconnect: () => cut('silent'),
      async close() {
        closing.abort();
        cut('closed');
        await running;
      },
    };
  };
}
