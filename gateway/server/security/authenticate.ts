import { HubError } from '@hub/shared/errors';
import { type KeyStore, type Reader, anonymous, tokens } from '@hub/shared/identity';
import { type Logger, describeFileError } from '@hub/shared/system';
import { LRUCache } from 'lru-cache';
import { open, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { OtherWorkers } from '../../process/workers/other-workers.js';

/** The name of the file in the data folder. */
export const revocationsFile = 'revocations.jsonl';

const text = z.string().min(1).max(256);

/** A person, as the home organisation names her: by the subject of her tokens, or by her record. */
const personSchema = z.union([
  z.strictObject({ organisation: z.string().min(1).max(100), subject: text }),
  z.strictObject({ organisation: z.string().min(1).max(100), person: text }),
]);

export type Person = Readonly<z.output<typeof personSchema>>;

/** The caller whom a token identifies. */
interface Bearer {
  readonly organisation: string;
  readonly subject: string;
  /** Of a participant: her record. */
  readonly person?: string | undefined;
}

/** `at` is in ms since the epoch. */
const at = z.int().nonnegative();
const revocationSchema = z.union([
  z.strictObject({ ...personSchema.options[0].shape, at }),
  z.strictObject({ ...personSchema.options[1].shape, at }),
]);
/** A session of the pages, from which somebody has signed out. */
const endedSchema = z.strictObject({ session: text, at });
const lineSchema = z.union([revocationSchema, endedSchema]);

/** Of messages between workers and hubs. */
const linesSchema = z.array(lineSchema).max(1_000);

/** The person’s tokens that were made until then are not accepted. */
type Revocation = Readonly<z.output<typeof revocationSchema>>;
type Line = Readonly<z.output<typeof lineSchema>>;

/** Whose access was ended. Each worker has it in memory, and the file of the hub keeps it. */
export interface Revocations extends Disposable {
  /** @param issuedAt when the token was made, in seconds since the epoch */
  isRevoked(bearer: Bearer, issuedAt: number): boolean;
  /** Ends the access at all workers and hubs. Resolves when the file has it. */
  revoke(person: Person): Promise<Revocation>;
  /** Whether somebody has signed out of a session. */
  isEnded(session: string): boolean;
  /** Ends a session at all workers and hubs. Resolves when the file has it. */
  endSession(session: string): Promise<void>;
}

interface RevocationsOptions {
  readonly path: string;
  readonly others: OtherWorkers;
  readonly logger: Logger;
  /** Ends what else the person has left here. Called for each new revocation, also of another hub. */
  readonly onRevoked: (person: Person) => Promise<void>;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

/** The topics between workers and hubs. */
const topics = { revoked: 'revoked', wanted: 'revoked-wanted' } as const;
/** How often the file is read again, should a message be lost. */
const readMs = 2_000;
/** Clocks may differ, so that a token may come from the near future. A token is valid for a day. */
const toleranceMs = 5_000;
const keptMs = tokens.longestLifeSeconds * 1_000 + 2 * toleranceMs;
const mostTold = 1_000;

const keyOf = (line: Person | Omit<z.output<typeof endedSchema>, 'at'>): string => {
  if ('session' in line) return JSON.stringify(['session', line.session]);
  return 'subject' in line
    ? JSON.stringify([line.organisation, line.subject])
    : JSON.stringify([line.organisation, 'person', line.person]);
};

/** Reads the lines of a file. A line that a crash cut off was never acknowledged. */
function readLines(text: string): Line[] {
  return text.split('\n').flatMap((line) => {
    try {
      return lineSchema.parse(JSON.parse(line));
    } catch {
      return [];
    }
  });
}

/**
 * Opens the revocations of a hub.
 * @throws if the file cannot be read: nobody may come back because of that
 */
export async function openRevocations(options: RevocationsOptions): Promise<Revocations> {
  const { path, others, logger, onRevoked, clock = () => new Date() } = options;
  const known = new Map<string, Line>();
  let length = -1;

  /** @returns what was new */
  const add = (found: readonly Line[]): Line[] => {
    const oldest = clock().getTime() - keptMs;
    for (const [key, { at }] of known) if (at < oldest) known.delete(key);
    return found.filter((one) => {
      const key = keyOf(one);
      if (one.at < oldest || (known.get(key)?.at ?? -1) >= one.at) return false;
      known.set(key, one);
      return true;
    });
  };
  const read = async (): Promise<void> => {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw new Error(describeFileError(error, path) ?? `${path} cannot be read.`, {
        cause: error,
      });
    });
    if (text.length === length) return;
    length = text.length;
    add(readLines(text));
  };
  /** Several processes append. A line feed at both ends keeps their lines apart. */
  const append = async (lines: readonly Line[]): Promise<void> => {
    const text = lines.map((one) => `\n${JSON.stringify(one)}\n`).join('');
    const file = await open(path, 'a', 0o600);
    try {
      await file.appendFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  };

  others.listen(topics.revoked, async (body) => {
    const added = add(linesSchema.parse(body));
    if (added.length === 0) return;
    await append(added);
    for (const one of added) if (!('session' in one)) await onRevoked(one);
  });
  others.listen(topics.wanted, () => {
    const all = [...known.values()];
    for (let from = 0; from < all.length; from += mostTold)
      void others.notify(topics.revoked, all.slice(from, from + mostTold));
  });
  await read();
  void others.notify(topics.wanted, {});
  const timer = setInterval(() => {
    read().catch((error: unknown) => logger.error({ err: error }, 'revocations cannot be read'));
  }, readMs);
  timer.unref();

  return {
    isRevoked({ organisation, subject, person }, issuedAt) {
      if (known.size === 0) return false;
      const names = [{ organisation, subject }, ...(person ? [{ organisation, person }] : [])];
      return names.some((name) => {
        const until = known.get(keyOf(name))?.at ?? -Infinity;
        return issuedAt * 1_000 <= until + toleranceMs;
      });
    },
    async revoke(person) {
      const revocation = { ...person, at: clock().getTime() };
      await append([revocation]);
      add([revocation]);
      await onRevoked(revocation);
      await others.notify(topics.revoked, [revocation]);
      logger.info({ organisation: person.organisation }, 'the access of a person was ended');
      return revocation;
    },
    isEnded: (session) => known.has(keyOf({ session })),
    async endSession(session) {
      const ended = { session, at: clock().getTime() };
      await append([ended]);
      add([ended]);
      await others.notify(topics.revoked, [ended]);
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/**
 * Identifies the caller by the `Authorization` header. Returns at once if the token is already
 * known.
 */
export type Authenticate = (authorization: string | undefined) => Reader | Promise<Reader>;

interface AuthenticateOptions {
  /** The registered keys of the home organisations. */
  readonly keys: KeyStore;
  /** The OpenID Connect providers of those that have one. @default none */
  readonly providers?: tokens.Providers;
  /** Whether the access of a person was ended after her token was made. @default nobody’s was */
  readonly isRevoked?: (bearer: tokens.Bearer, issuedAt: number) => boolean;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

const bearer = /^bearer +([\w.~+/-]+=*)$/i;

/**
 * Valid tokens are cached up to this many characters in total, so that each signature is verified
 * once. In memory, a token takes about four times its text.
 */
const rememberedLength = 4_000_000;

interface Known {
  readonly verified: tokens.VerifiedToken;
  readonly reader: Reader;
  /** When its key was last checked, in ms since the epoch. */
  keySeenAt: number;
}

/**
 * How long a token’s key is not checked again, in ms. This adds to the time that the key store
 * caches.
 */
const keySeenMs = 1_000;

/**
 * Makes the check of `Authorization: Bearer …`. Without the header the caller is anonymous. An
 * invalid token is rejected and never treated as anonymous. Expiry and revocations are checked every
 * time, and the key every second.
 * @throws HubError `UNAUTHENTICATED`, from the promise.
 */
export function createAuthenticate({
  keys,
  providers,
  isRevoked = () => false,
  clock = () => new Date(),
}: AuthenticateOptions): Authenticate {
  const good = new LRUCache<string, Known>({
    maxSize: rememberedLength,
    sizeCalculation: (_known, token) => token.length,
  });
  const isOver = ({ bearer, issuedAt }: tokens.VerifiedToken): boolean =>
    isRevoked(bearer, issuedAt);
  const examine = async (token: string, known: Known | undefined): Promise<Reader> => {
    const keySeenAt = clock().getTime();
    if (known && !isOver(known.verified) && (await known.verified.isByKnownKey())) {
      known.keySeenAt = keySeenAt;
      return known.reader;
    }
    good.delete(token);
    const verified = await tokens.verifyToken(token, { audience: 'hub', keys, providers, clock });
    // Without the reason, which would help only a thief.
    if (isOver(verified)) throw new HubError('UNAUTHENTICATED');
    const reader: Reader = Object.freeze(verified.bearer);
    good.set(token, { verified, reader, keySeenAt });
    return reader;
  };
  return (authorization) => {
    if (authorization === undefined) return anonymous;
    const token = bearer.exec(authorization)?.[1];
    if (token === undefined) return Promise.reject(new HubError('UNAUTHENTICATED'));
    const found = good.get(token);
    const known = found?.verified.isInTime() ? found : undefined;
    const age = known ? clock().getTime() - known.keySeenAt : Infinity;
    const isFresh = known !== undefined && age >= 0 && age < keySeenMs && !isOver(known.verified);
    return isFresh ? known.reader : examine(token, known);
  };
}
