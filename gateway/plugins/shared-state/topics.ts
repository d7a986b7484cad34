import { changeNotices } from '@hub/shared/partner';
import { z } from 'zod';

/** The longest message, in bytes. */
export const mostBytes = 1_000_000;

/** The messages between hubs on one subject. */
export interface SharedTopic {
  readonly body: z.ZodType;
  /** Whether the sender waits until all hubs have handled it. */
  readonly isAcknowledged?: true;
  /** Splits a long message. @default its messages are never too long */
  readonly split?: (body: unknown) => readonly unknown[];
}

const partner = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/);
/** The longest key of a caller: a token’s subject is shorter than all headers. */
const longestKey = 20_000;
/** A count below 0 would give a caller more than its rate. */
const counts = z.record(z.string().max(longestKey), z.number().nonnegative().max(1e9));

type Counts = z.output<typeof counts>;

/** Parts of counts that each fit into a message, whatever their keys are. */
function splitCounts(all: Counts): readonly Counts[] {
  const parts: Counts[] = [];
  let room = 0;
  for (const [key, count] of Object.entries(all)) {
    // JSON writes a character as six at most, and a number in less than 30.
    const size = key.length * 6 + 30;
    if (size > room) {
      parts.push({});
      room = mostBytes / 2;
    }
    room -= size;
    (parts.at(-1) ?? {})[key] = count;
  }
  return parts;
}

function isBatch(batch: object): boolean {
  return changeNotices.readBatch({ form: 1, ...batch }) !== undefined;
}

const batch = z.object({
  partner,
  batch: z.custom<changeNotices.NoticeBatch>(
    (value) => typeof value === 'object' && !!value && isBatch(value),
  ),
});

const at = z.int().nonnegative();
const name = z.string().min(1).max(256);
const revocation = z.union([
  z.strictObject({ organisation: partner, subject: name, at }),
  z.strictObject({ organisation: partner, person: name, at }),
  z.strictObject({ session: name, at }),
]);

const notice = z.looseObject({ owner: partner });
const known = z
  .strictObject({
    from: z.int().nonnegative(),
    to: z.int().nonnegative(),
    notices: z.array(notice),
  })
  .refine(({ from: after, to, notices }) => {
    const changes = notices.map(({ owner: _owner, ...change }) => change);
    return isBatch({ after, to, isStart: true, changes });
  });
const knownOfOne = z
  .tuple([partner, known])
  .refine(([code, { notices }]) => notices.every(({ owner }) => owner === code));

/**
 * The notifications between workers that also go to other hubs. Each hub finds out by itself whether
 * a partner responds, and what its registry has written. A message of another form is ignored,
 * because another hub may have another version.
 */
export const sharedTopics: ReadonlyMap<string, SharedTopic> = new Map<string, SharedTopic>([
  ['rate', { body: counts, split: (body) => splitCounts(body as Counts) }],
  ['write', { body: z.strictObject({ partner, isUndecided: z.boolean() }), isAcknowledged: true }],
  ['refused', { body: partner, isAcknowledged: true }],
  ['revoked', { body: z.array(revocation).max(1_000), isAcknowledged: true }],
  ['revoked-wanted', { body: z.strictObject({}) }],
  ['changes', { body: batch }],
  ['changes-wanted', { body: z.strictObject({}) }],
  [
    'changes-known',
    {
      body: z.array(knownOfOne).max(1),
      split: (body) => (body as readonly unknown[]).map((one) => [one]),
    },
  ],
]);
