import { fetch, type Dispatcher } from 'undici';
import { z } from 'zod';
import { signRefresh, type SignRefreshOptions } from '../../records/manifest/refresh.js';

interface TellHubOptions extends Omit<SignRefreshOptions, 'path' | 'body'> {
  readonly hubUrl: string;
  /** The connections to the hub. @default those of Node */
  readonly dispatcher?: Dispatcher | undefined;
}

/** Sends a batch to the hub. @throws if the hub does not take it; the batch is then sent later */
export type TellHub = (batch: NoticeBatch) => Promise<NoticeReply>;

const deadlineMs = 4_000;

/** Makes the partner’s signed `POST /registry/changes`. */
export const createTellHub =
  ({ hubUrl, dispatcher, ...signing }: TellHubOptions): TellHub =>
  async (batch) => {
    const body = writeBatch(batch);
    const response = await fetch(new URL(noticesPath, hubUrl), {
      method: 'POST',
      ...(dispatcher && { dispatcher }),
      headers: {
        'content-type': 'application/json',
        ...(await signRefresh({ ...signing, path: noticesPath, body })),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`The hub responded with ${response.status}.`);
    }
    return replySchema.parse(await response.json());
  };

/** The path at the hub to which a partner sends notices of changes. */
export const noticesPath = '/registry/changes';

/** The most changes in one request. */
export const mostChanges = 500;

/** The most bytes of one request: the most changes, each with the longest id. */
export const mostNoticeBytes = 400_000;

const longestSubject = 300;
const longestTypeName = 100;

const changeSchema = z.strictObject({
  sequence: z.int().positive(),
  at: z.iso.datetime(),
  subject: z.string().min(1).max(longestSubject),
  type: z
    .string()
    .max(longestTypeName)
    .regex(/^[A-Za-z]\w*$/),
  version: z.int().nullable(),
  audience: z.enum(['everybody', 'readers', 'changes']),
});

const batchSchema = z
  .strictObject({
    form: z.literal(1),
    after: z.int().nonnegative(),
    to: z.int().nonnegative(),
    isStart: z.boolean(),
    changes: z.array(changeSchema).max(mostChanges),
  })
  .refine(({ after, to, changes }) => {
    const numbers = [after, ...changes.map(({ sequence }) => sequence)];
    const areInOrder = numbers.every(
      (one, place) => place === 0 || one > (numbers[place - 1] ?? 0),
    );
    return areInOrder && (numbers.at(-1) ?? 0) <= to;
  });

/**
 * Who may be told of a change, by the partner’s own rules: `everybody`; `readers`, the signed-in
 * callers who may read the record; `changes`, those of them who also read the record of changes,
 * because every changed field has a stricter rule than the record itself.
 */
export type Audience = 'everybody' | 'readers' | 'changes';

/** The notice of one change. It names the record, and never has a value. */
export interface ChangeNotice {
  /** The number of its link in the partner’s record. */
  readonly sequence: number;
  readonly at: string;
  /** The id of the changed record. */
  readonly subject: string;
  /** The type of that record in the schema. */
  readonly type: string;
  /** The record’s version now, if everybody may read it. */
  readonly version: number | null;
  readonly audience: Audience;
}

/** All changes of a partner’s record after one link, up to another. */
export interface NoticeBatch {
  readonly after: number;
  readonly to: number;
  /**
   * True if the partner knows nothing older that it could send. The hub then takes the batch even if
   * something between is missing.
   */
  readonly isStart: boolean;
  /** In the order of the record. */
  readonly changes: readonly ChangeNotice[];
}

/** The hub’s response: the number of the last link that it knows of. Null if it knows none. */
export interface NoticeReply {
  readonly has: number | null;
}

export const replySchema = z.strictObject({ has: z.int().nonnegative().nullable() });

/** The body of a request. */
export const writeBatch = (batch: NoticeBatch): string => JSON.stringify({ form: 1, ...batch });

/** Reads the body of a request. Undefined if it has another form. */
export function readBatch(body: unknown): NoticeBatch | undefined {
  return batchSchema.safeParse(body).data;
}
