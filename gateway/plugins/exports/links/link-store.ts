import type { tokens } from '@hub/shared/identity';
import { openLater } from '@hub/shared/system';

/** The links to calendars. */
const linkTables = {
  name: 'CreateCalendarLinks1795700000000',
  statements: [
    `CREATE TABLE IF NOT EXISTS "calendar_links" (
      "id" varchar PRIMARY KEY NOT NULL,
      "key_hash" varchar NOT NULL,
      "organisation" varchar NOT NULL,
      "subject" varchar NOT NULL,
      "role" varchar NOT NULL,
      "visit" varchar NOT NULL,
      "created_on" varchar NOT NULL,
      "expires_on" varchar NOT NULL
    )`,
    'CREATE INDEX IF NOT EXISTS "calendar_links_by_person" ON "calendar_links" ("organisation", "subject")',
  ],
} as const;

/** A link to the calendar of one visit, for one person. */
export interface CalendarLink {
  readonly id: string;
  readonly organisation: string;
  readonly subject: string;
  /** The role in which the person made it, and in which it reads. */
  readonly role: tokens.Role;
  readonly visit: string;
  readonly createdOn: string;
  /** The last day on which it reads. */
  readonly expiresOn: string;
}

/** Whose links: those of an organisation, or of one of its people. */
export interface LinkOwner {
  readonly organisation: string;
  readonly subject?: string | undefined;
}

/** The links of all people, in a file of the hub that its workers share. */
export interface LinkStore extends AsyncDisposable {
  /** @returns false if the person has as many links as one may have */
  add(link: CalendarLink, keyHash: string): Promise<boolean>;
  find(id: string): Promise<(CalendarLink & { readonly keyHash: string }) | undefined>;
  /** By day and id. */
  list(owner: LinkOwner): Promise<readonly CalendarLink[]>;
  /** Changes the last day, after the visit was moved. */
  expire(id: string, expiresOn: string): Promise<void>;
  /** @returns false if the owner has no such link */
  revoke(id: string, owner: LinkOwner): Promise<boolean>;
  /** Removes all links of one person. */
  revokeAll(owner: Required<LinkOwner>): Promise<void>;
  /** Drops the links whose last day is before this one. */
  dropExpired(today: string): Promise<void>;
}

/** The most links that one person may have at a time. */
export const mostLinks = 50;

const columns =
  '"id", "organisation", "subject", "role", "visit", "created_on" AS "createdOn", "expires_on" AS "expiresOn"';

/** The condition for an owner, and its values. */
const ofOwner = ({ organisation, subject }: LinkOwner): [text: string, values: string[]] =>
  subject === undefined
    ? ['"organisation" = ?', [organisation]]
    : ['"organisation" = ? AND "subject" = ?', [organisation, subject]];

/** Stores the links in a SQLite file, with a hash of each key and never the key. */
export function createLinkStore(path: string): LinkStore {
  const { open, close } = openLater(
    // A hub that does not use the file need not load a database.
    async () => (await import('@hub/shared/database')).openSharedFile(path, linkTables),
    (database) => database.destroy(),
  );
  const read = async <Row>(text: string, values: readonly string[]): Promise<Row[]> =>
    (await open()).query<Row[]>(text, [...values]);
  /**
   * One write of a worker at a time: those that wait for another’s lock would take all threads, and
   * with them the one that holds it.
   * @returns how many rows were changed
   */
  const change = async (text: string, values: readonly unknown[]): Promise<number> => {
    const { writeAtOnce } = await import('@hub/shared/database');
    return (await writeAtOnce(await open(), `${text} RETURNING "id"`, values)).length;
  };
  return {
    async add({ id, organisation, subject, role, visit, createdOn, expiresOn }, keyHash) {
      const values = [id, keyHash, organisation, subject, role, visit, createdOn, expiresOn];
      // In one statement, so that workers cannot pass the limit together.
      const added = await change(
        `INSERT INTO "calendar_links" ("id", "key_hash", "organisation", "subject", "role", "visit", "created_on", "expires_on")
        SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE
        (SELECT COUNT(*) FROM "calendar_links" WHERE "organisation" = ? AND "subject" = ?) < ?`,
        [...values, organisation, subject, mostLinks],
      );
      return added === 1;
    },
    async find(id) {
      const [link] = await read<CalendarLink & { keyHash: string }>(
        `SELECT ${columns}, "key_hash" AS "keyHash" FROM "calendar_links" WHERE "id" = ?`,
        [id],
      );
      return link;
    },
    list(owner) {
      const [condition, values] = ofOwner(owner);
      return read(
        `SELECT ${columns} FROM "calendar_links" WHERE ${condition} ORDER BY "created_on", "id"`,
        values,
      );
    },
    async expire(id, expiresOn) {
      await change('UPDATE "calendar_links" SET "expires_on" = ? WHERE "id" = ?', [expiresOn, id]);
    },
    async revoke(id, owner) {
      const [condition, values] = ofOwner(owner);
      const text = `DELETE FROM "calendar_links" WHERE "id" = ? AND ${condition}`;
      return (await change(text, [id, ...values])) === 1;
    },
    async revokeAll(owner) {
      const [condition, values] = ofOwner(owner);
      await change(`DELETE FROM "calendar_links" WHERE ${condition}`, values);
    },
    async dropExpired(today) {
      await change('DELETE FROM "calendar_links" WHERE "expires_on" < ?', [today]);
    },
    [Symbol.asyncDispose]: async () => close(),
  };
}
