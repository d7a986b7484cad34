import { openLater } from '@hub/shared/system';
import { LRUCache } from 'lru-cache';
import { hash } from 'node:crypto';

/** The table of last good responses. */
const lastGoodTables = {
  name: 'CreateLastGood1796000000000',
  statements: [
    `CREATE TABLE IF NOT EXISTS "last_good" (
      "partner" varchar NOT NULL,
      "key" varchar NOT NULL,
      "at" integer NOT NULL,
      "json" text NOT NULL,
      PRIMARY KEY ("partner", "key")
    ) WITHOUT ROWID`,
    'CREATE INDEX IF NOT EXISTS "last_good_by_age" ON "last_good" ("partner", "at")',
  ],
} as const;

/** A response that a partner gave before it went away. */
export interface StoredResponse {
  readonly json: unknown;
  readonly ageSeconds: number;
}

/**
 * The last good responses of partners, with what everybody may read. All workers of a hub share
 * them, and they outlive its end.
 */
export interface LastGoodStore extends AsyncDisposable {
  /** Keeps a response. It is written within a second. Never fails. */
  keep(partner: string, requestBody: string, json: unknown): void;
  /** Writes what was kept so far. */
  flush(): Promise<void>;
  /** @returns undefined if there is none that is young enough, or the store cannot be read */
  find(
    partner: string,
    requestBody: string,
    withinSeconds: number,
  ): Promise<StoredResponse | undefined>;
}

export interface LastGoodOptions {
  readonly path: string;
  /** Called with the reason why responses cannot be written. */
  readonly onError: (reason: string) => void;
  /** In milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /** The most responses of one partner; the oldest go. @default 5000 */
  readonly mostPerPartner?: number;
}

/** A response is written again after this time, in milliseconds. */
const renewMs = 30_000;
const writeEveryMs = 1_000;
/** A longer response is not kept, in characters. */
const longest = 1_000_000;
/** Responses that wait to be written. More than these are not kept. */
const mostWaiting = 500;

interface Waiting {
  readonly partner: string;
  readonly key: string;
  readonly at: number;
  readonly json: unknown;
}

const keyOf = (requestBody: string): string => hash('sha256', requestBody, 'base64url');

/** Keeps the responses in a SQLite file. */
export function createLastGoodStore({
  path,
  onError,
  now = Date.now,
  mostPerPartner = 5_000,
}: LastGoodOptions): LastGoodStore {
  const { open, close } = openLater(
    // A hub that does not use the file need not load a database.
    async () => (await import('@hub/shared/database')).openSharedFile(path, lastGoodTables),
    (database) => database.destroy(),
  );
  const recent = new LRUCache<string, true>({ max: 20_000, ttl: renewMs });
  let waiting: Waiting[] = [];
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const [batch, partners] = [waiting, new Set(waiting.map(({ partner }) => partner))];
    waiting = [];
    if (batch.length === 0) return;
    const database = await open();
    const { writeAtOnce } = await import('@hub/shared/database');
    for (const { partner, key, at, json } of batch) {
      const text = JSON.stringify(json);
      if (text.length > longest) continue;
      const row = [partner, key, at, text];
      await writeAtOnce(
        database,
        `INSERT INTO "last_good" ("partner", "key", "at", "json") VALUES (?, ?, ?, ?)
        ON CONFLICT ("partner", "key") DO UPDATE SET "at" = excluded."at", "json" = excluded."json"
        WHERE excluded."at" > "last_good"."at" RETURNING "key"`,
        row,
      );
    }
    for (const partner of partners)
      await writeAtOnce(
        database,
        `DELETE FROM "last_good" WHERE "partner" = ? AND "key" IN (SELECT "key" FROM "last_good"
        WHERE "partner" = ? ORDER BY "at" DESC LIMIT -1 OFFSET ?) RETURNING "key"`,
        [partner, partner, mostPerPartner],
      );
  };
  const flush = (): Promise<void> =>
    (writing = writing.then(write).catch((error: unknown) => {
      onError(error instanceof Error ? error.message : String(error));
    }));
  const timer = setInterval(() => void flush(), writeEveryMs).unref();

  return {
    keep(partner, requestBody, json) {
      const key = keyOf(requestBody);
      const known = `${partner} ${key}`;
      if (recent.has(known) || waiting.length >= mostWaiting) return;
      recent.set(known, true);
      waiting.push({ partner, key, at: now(), json });
    },
    flush,
    async find(partner, requestBody, withinSeconds) {
      if (withinSeconds <= 0) return undefined;
      try {
        const rows = await (
          await open()
        ).query<{ at: number; json: string }[]>(
          'SELECT "at", "json" FROM "last_good" WHERE "partner" = ? AND "key" = ?',
          [partner, keyOf(requestBody)],
        );
        const [row] = rows;
        const ageSeconds = row && Math.ceil((now() - row.at) / 1_000);
        // A clock that was set back makes a response look too young. It is not shown.
        if (!row || ageSeconds === undefined || ageSeconds < 0 || ageSeconds > withinSeconds)
          return undefined;
        return { json: JSON.parse(row.json) as unknown, ageSeconds };
      } catch (error) {
        onError(error instanceof Error ? error.message : String(error));
        return undefined;
      }
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await flush();
      await close();
    },
  };
}
