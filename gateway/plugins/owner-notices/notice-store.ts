import { hashForm, replaceFile } from '@hub/shared/system';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const instant = z.iso.datetime();
/** The line of the log from which a notice is made, by its hash. What is overdue is in no line, and has a hash of its own. */
const line = { id: z.string().regex(hashForm), at: instant };

const noticeSchema = z.discriminatedUnion('event', [
  /** A next version of a contract was proposed. */
  z.strictObject({
    ...line,
    event: z.literal('CONTRACT_PROPOSED'),
    contract: z.string(),
    proposal: z.int(),
  }),
  /** A schema that the organisation published is not served. */
  z.strictObject({
    ...line,
    event: z.literal('QUARANTINED'),
    schemaVersion: z.string(),
    reasons: z.array(z.strictObject({ rule: z.string(), place: z.string() })),
  }),
  /** In a release, other subgraphs begin to use fields of the organisation. */
  z.strictObject({
    ...line,
    event: z.literal('FIELDS_USED'),
    release: z.int(),
    fields: z.array(z.strictObject({ field: z.string(), by: z.array(z.string()) })),
  }),
  /** Tasks wait for the organisation past their due date. */
  z.strictObject({
    ...line,
    event: z.literal('TASKS_OVERDUE'),
    by: z.string(),
    tasks: z.array(z.strictObject({ kind: z.string(), countAtLeast: z.int() })),
  }),
]);

const boxSchema = z.strictObject({
  /** The latest, the oldest first. */
  notices: z.array(noticeSchema),
  /** How many of the last ones are to be sent. */
  unsent: z.int().min(0),
  /** How often the next request has failed, and when to try again. */
  failures: z.int().min(0),
  retryAt: instant.optional(),
});

const storedSchema = z.strictObject({
  /** The last line of the log that notices were made of. */
  after: z.strictObject({ hash: z.string(), at: instant }),
  boxes: z.record(z.string(), boxSchema),
});

/** What an owner is told: codes, numbers and schema coordinates. No names, no reasons of people. */
export type OwnerNotice = z.infer<typeof noticeSchema>;
/** The notices for one organisation. */
export type NoticeBox = z.infer<typeof boxSchema>;
/** All notices that are kept. */
export type StoredNotices = z.infer<typeof storedSchema>;

/** The notices of all organisations, in a file that the registry’s process writes. */
export interface NoticeStore {
  /** Undefined if there is no file. @throws if it cannot be read */
  read(): StoredNotices | undefined;
  write(stored: StoredNotices): Promise<void>;
}

export function createNoticeStore(path: string): NoticeStore {
  return {
    read() {
      let text: string;
      try {
        text = readFileSync(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
      return storedSchema.parse(JSON.parse(text));
    },
    write: (stored) => replaceFile(path, `${JSON.stringify(stored)}\n`),
  };
}
