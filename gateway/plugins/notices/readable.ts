import type { Reader } from '@hub/shared/identity';
import type { OwnedNotice } from './notice-log.js';

/** Whether a caller may be told of a change. */
export interface Decision {
  readonly isReadable: boolean;
  readonly version: number | null;
}

/**
 * Asks the owner of records which of them a caller may read. A record that is missing in the result
 * could not be decided.
 */
export type AskOwner = (
  owner: string,
  reader: Reader,
  records: readonly Pick<OwnedNotice, 'subject' | 'type'>[],
) => Promise<ReadonlyMap<string, Decision>>;

export interface Readable {
  /** Decides for each change. Undefined if its owner did not respond: then it must be asked again. */
  decide(
    reader: Reader,
    notices: readonly OwnedNotice[],
  ): Promise<readonly (Decision | undefined)[]>;
}

export interface ReadableOptions {
  readonly ask: AskOwner;
  /** How long a decision holds, in ms. @default 60000 */
  readonly rememberedMs?: number;
  /** @default `performance.now` */
  readonly now?: () => number;
}

interface Remembered {
  readonly decision: Decision;
  readonly at: number;
}

const denied: Decision = { isReadable: false, version: null };

/** The code of the organisation that owns a record. */
const ownerOf = (subject: string): string => subject.split(':', 1)[0] ?? '';

function groupByOwner(notices: readonly OwnedNotice[]): Map<string, OwnedNotice[]> {
  const groups = new Map<string, OwnedNotice[]>();
  for (const notice of notices) {
    const owner = ownerOf(notice.subject);
    groups.set(owner, [...(groups.get(owner) ?? []), notice]);
  }
  return groups;
}

/** Roles that read the record of changes of every organisation. */
const changeReaders: readonly string[] = ['coordinator', 'service', 'auditor'];

/** True for callers who read that strict fields have changed. */
function readsChanges(reader: Reader, owner: string): boolean {
  if (reader.kind !== 'person') return false;
  const { role, organisation } = reader;
  return changeReaders.includes(role) || (role === 'liaison' && organisation === owner);
}

/** What the hub can decide itself: a denial, or that everybody may know. Undefined: ask the owner. */
function decideWithout(reader: Reader, notice: OwnedNotice): Decision | undefined {
  const { audience, owner, subject, version } = notice;
  if (audience === 'everybody') {
    return ownerOf(subject) === owner ? { isReadable: true, version } : undefined;
  }
  if (reader.kind !== 'person') return denied;
  return audience === 'changes' && !readsChanges(reader, owner) ? denied : undefined;
}

/** The whole caller, because the owner records who reads what is restricted. */
const keyOf = (reader: Reader): string =>
  reader.kind === 'anonymous' ? '' : JSON.stringify(reader);

/**
 * Decides who may be told of a change, as the owner of the record decides about reading it: by the
 * same rules, now. No decision means that nothing is told.
 */
export function createReadable({
  ask,
  rememberedMs = 60_000,
  now = () => performance.now(),
}: ReadableOptions): Readable {
  // They go with the changes themselves.
  const remembered = new WeakMap<OwnedNotice, Map<string, Remembered>>();
  return {
    async decide(reader, notices) {
      const key = keyOf(reader);
      const decisions = notices.map((notice) => {
        const own = decideWithout(reader, notice);
        if (own) return own;
        const known = remembered.get(notice)?.get(key);
        return known && now() - known.at < rememberedMs ? known.decision : undefined;
      });
      const open = notices.filter((_, place) => decisions[place] === undefined);
      const owners = groupByOwner(open);
      const asked = await Promise.all(
        [...owners].map(async ([owner, records]) => {
          const askedAt = now();
          const found = await ask(owner, reader, records);
          for (const notice of records) {
            const decision = found.get(notice.subject);
            if (!decision) continue;
            const own = remembered.get(notice) ?? new Map<string, Remembered>();
            remembered.set(notice, own.set(key, { decision, at: askedAt }));
          }
          return [...found];
        }),
      );
      const found = new Map(asked.flat());
      return notices.map(({ subject }, place) => decisions[place] ?? found.get(subject));
    },
  };
}
