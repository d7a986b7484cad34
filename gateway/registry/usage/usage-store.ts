import { openLater } from '@hub/shared/system';
import { existsSync } from 'node:fs';

/** The tables of usage. */
const usageTables = {
  name: 'CreateUsage1796100000000',
  statements: [
    `CREATE TABLE IF NOT EXISTS "usage_elements" (
      "element" varchar NOT NULL,
      "operation" varchar NOT NULL,
      PRIMARY KEY ("element", "operation")
    ) WITHOUT ROWID`,
    `CREATE TABLE IF NOT EXISTS "usage_counts" (
      "operation" varchar NOT NULL,
      "client" varchar NOT NULL,
      "day" varchar NOT NULL,
      "count" integer NOT NULL,
      PRIMARY KEY ("operation", "client", "day")
    ) WITHOUT ROWID`,
    'CREATE INDEX IF NOT EXISTS "usage_counts_by_day" ON "usage_counts" ("day")',
  ],
} as const;

/** In the data folder. */
export const usageFile = 'usage.sqlite';

/** How long usage is kept. A change of a contract is judged by it. */
const keptDays = 90;
const dayMs = 86_400_000;

/** The day of a moment, in UTC. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The first day of those that are kept. */
export const firstDay = (now: number): string => dayOf(now - (keptDays - 1) * dayMs);

/** How often one client ran one operation on one day. */
export interface OperationCount {
  /** The hash of the document. */
  readonly operation: string;
  /** What the client calls its program; empty if it has no name. */
  readonly client: string;
  /** In UTC: `2026-11-26`. */
  readonly day: string;
  readonly count: number;
}

/** An element of the schema that an operation uses, as a coordinate: `Group.title`. */
export interface UsedElement {
  readonly operation: string;
  readonly element: string;
}

/** How one client used one element. */
export interface ElementCount {
  readonly element: string;
  readonly client: string;
  readonly operations: number;
  readonly count: number;
  readonly lastDay: string;
}

/** How often one client used one element in one operation. */
export interface OperationUse {
  readonly element: string;
  /** The hash of the document. */
  readonly operation: string;
  /** Empty if the client has no name. */
  readonly client: string;
  readonly count: number;
  readonly lastDay: string;
}

/** What clients used of the graph, in a file of the hub that its workers share. */
export interface UsageStore extends AsyncDisposable {
  /** Adds to what is stored. */
  add(counts: readonly OperationCount[], elements: readonly UsedElement[]): Promise<void>;
  /**
   * By element and client.
   * @param since the first day
   * @param element only this one
   */
  read(since: string, element?: string): Promise<readonly ElementCount[]>;
  /**
   * By element, operation and client: who would miss these elements.
   * @param since the first day
   */
  readOperations(since: string, elements: readonly string[]): Promise<readonly OperationUse[]>;
  /** The operations that were sent most often, the first first. @param since the first day */
  readMostUsed(since: string, most: number): Promise<readonly string[]>;
  /** The first day that was counted. Undefined if nothing was. */
  findFirstDay(): Promise<string | undefined>;
  /** Removes what is older than this day. */
  dropBefore(day: string): Promise<void>;
}

/** Stores the usage in a SQLite file. */
export function createUsageStore(path: string): UsageStore {
  const { open, close } = openLater(
    // A hub that does not use the file need not load a database.
    async () => (await import('@hub/shared/database')).openSharedFile(path, usageTables),
    (database) => database.destroy(),
  );
  /** One write of a worker at a time. */
  const write = async (text: string, ...values: readonly unknown[]): Promise<void> => {
    const { writeAtOnce } = await import('@hub/shared/database');
    await writeAtOnce(await open(), text, values);
  };
  return {
    async add(counts, elements) {
      // The elements first: a count without them would say that nothing was used.
      if (elements.length > 0)
        await write(
          `INSERT OR IGNORE INTO "usage_elements" ("element", "operation")
          SELECT value ->> 'element', value ->> 'operation' FROM json_each(?)`,
          JSON.stringify(elements),
        );
      if (counts.length > 0)
        await write(
          `INSERT INTO "usage_counts" ("operation", "client", "day", "count")
          SELECT value ->> 'operation', value ->> 'client', value ->> 'day', value ->> 'count'
          FROM json_each(?) WHERE true
          ON CONFLICT ("operation", "client", "day") DO UPDATE SET "count" = "count" + excluded."count"`,
          JSON.stringify(counts),
        );
    },
    async read(since, element) {
      return (await open()).query<ElementCount[]>(
        `SELECT "element", "client", COUNT(DISTINCT "operation") AS "operations",
        SUM("count") AS "count", MAX("day") AS "lastDay"
        FROM "usage_elements" JOIN "usage_counts" USING ("operation")
        WHERE "day" >= ? AND (? IS NULL OR "element" = ?)
        GROUP BY "element", "client" ORDER BY "element", "client"`,
        [since, element ?? null, element ?? null],
      );
    },
    async readOperations(since, elements) {
      return (await open()).query<OperationUse[]>(
        `SELECT "element", "operation", "client", SUM("count") AS "count", MAX("day") AS "lastDay"
        FROM "usage_elements" JOIN "usage_counts" USING ("operation")
        WHERE "day" >= ? AND "element" IN (SELECT value FROM json_each(?))
        GROUP BY "element", "operation", "client" ORDER BY "element", "client", "operation"`,
        [since, JSON.stringify(elements)],
      );
    },
    async readMostUsed(since, most) {
      // Whoever has counted nothing needs no file for it.
      if (!existsSync(path)) return [];
      const rows = await (
        await open()
      ).query<{ operation: string }[]>(
        `SELECT "operation" FROM "usage_counts" WHERE "day" >= ?
        GROUP BY "operation" ORDER BY SUM("count") DESC, "operation" LIMIT ?`,
        [since, most],
      );
      return rows.map(({ operation }) => operation);
    },
    async findFirstDay() {
      const [row] = await (
        await open()
      ).query<{ day: string | null }[]>(`SELECT MIN("day") AS "day" FROM "usage_counts"`);
      return row?.day ?? undefined;
    },
    async dropBefore(day) {
      await write('DELETE FROM "usage_counts" WHERE "day" < ?', day);
      await write(
        `DELETE FROM "usage_elements" WHERE "operation" NOT IN (SELECT "operation" FROM "usage_counts")`,
      );
    },
    [Symbol.asyncDispose]: async () => close(),
  };
}
