import type { JWK } from 'jose';
import { stat } from 'node:fs/promises';
import { KeyFileError, readKeyFile } from './key-file.js';

/** The public keys of the members of the network. */
export interface KeyStore {
  /**
   * The keys with which this organisation signs. Empty if it is not registered, or its keys are
   * unavailable.
   */
  signingKeysOf(organisation: string): Promise<readonly JWK[]>;
  /**
   * The keys with which it agrees on a shared key (X25519). A sender uses the first.
   */
  agreementKeysOf(organisation: string): Promise<readonly JWK[]>;
}

/** Keys in files, with the reason if they cannot be used. */
export interface KeyFiles extends KeyStore {
  /** Why an organisation’s keys are unavailable or incomplete. Undefined if they are complete. */
  problemOf(organisation: string): Promise<KeyProblem | undefined>;
  /** When the file was changed. Undefined if it is missing or cannot be read. */
  changedAt(organisation: string): Promise<Date | undefined>;
}

/** Why keys cannot be used. */
export type KeyProblem = 'MISSING' | 'UNREADABLE' | 'INCOMPLETE' | 'FOREIGN';

export interface KeyStoreOptions {
  /** The file of each organisation’s public keys, by its code. */
  readonly files: ReadonlyMap<string, string>;
  /**
   * How long a file is not checked again. For that long, a revoked key may still be accepted.
   * @default 4000
   */
  readonly recheckMs?: number;
  readonly clock?: (() => Date) | undefined;
}

interface Known {
  readonly signing: readonly JWK[];
  readonly agreement: readonly JWK[];
  readonly version: string;
  readonly problem?: KeyProblem | undefined;
  readonly changedAt?: Date | undefined;
  readonly checkedAt: number;
}

const noKeys = { signing: [], agreement: [], version: '', problem: 'MISSING' } as const;

/**
 * Caches the keys of the registered organisations, and reads files again that changed, so that keys
 * can be replaced without a restart. An unknown organisation or key id causes no file access. Keys
 * that cannot be read count as none; `problemOf` has the reason.
 */
export function createKeyStore({
  files,
  recheckMs = 4_000,
  clock = () => new Date(),
}: KeyStoreOptions): KeyFiles {
  const known = new Map<string, Known>();
  const pending = new Map<string, Promise<Known>>();

  async function look(organisation: string, path: string): Promise<Known> {
    const before = known.get(organisation);
    const checkedAt = clock().getTime();
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
    if (found instanceof Error) {
      // A folder that this user may not enter hides whether the file exists.
      const problem = found.code === 'ENOENT' ? 'MISSING' : 'UNREADABLE';
      return { ...noKeys, problem, checkedAt };
    }
    const version = `${found.mtimeMs}:${found.size}:${found.ino}`;
    if (before?.version === version) return { ...before, checkedAt };
    try {
      const { keys } = await readKeyFile(path);
      const signing = keys.filter(({ use }) => use === undefined || use === 'sig');
      const agreement = keys.filter(({ use }) => use === 'enc');
      const isWhole = signing.length > 0 && agreement.length > 0;
      return {
        signing,
        agreement,
        version,
        problem: isWhole ? undefined : 'INCOMPLETE',
        changedAt: found.mtime,
        checkedAt,
      };
    } catch (error) {
      if (error instanceof KeyFileError) return { ...noKeys, problem: 'UNREADABLE', checkedAt };
      throw error;
    }
  }

  const keysOf = async (organisation: string): Promise<Omit<Known, 'checkedAt'>> => {
    const path = files.get(organisation);
    if (path === undefined) return noKeys;
    const before = known.get(organisation);
    if (
      before &&
      Math.abs(clock().getTime() - before.checkedAt) < recheckMs &&
      before.version !== ''
    ) {
      return before;
    }
    let looking = pending.get(organisation);
    if (!looking) {
      looking = look(organisation, path).finally(() => pending.delete(organisation));
      pending.set(organisation, looking);
    }
    const now = await looking;
    known.set(organisation, now);
    return now;
  };
  return {
    async signingKeysOf(organisation) {
      return (await keysOf(organisation)).signing;
    },
    async problemOf(organisation) {
      return (await keysOf(organisation)).problem;
    },
    async changedAt(organisation) {
      return (await keysOf(organisation)).changedAt;
    },
    async agreementKeysOf(organisation) {
      return (await keysOf(organisation)).agreement;
    },
  };
}
