import type { JWK } from 'jose';
import { readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { replaceFile } from '../../system/place-file.js';
import { hubIssuer } from '../assertion.js';
import {
  createKeySet,
  KeyFileError,
  keyFilesOf,
  readKeyFile,
  withoutPrivateParts,
} from './key-file.js';

/** Servers read a changed file within five seconds. */
const seenAfterMs = 5_000;

/** Which keys a file has, in this order. The first key of a use is the one that signs. */
type Content = readonly ('old' | 'new')[];

interface Step {
  readonly private: Content;
  /** @default the public file stays */
  readonly public?: Content;
}

/**
 * The steps of `shared/docs/replace-keys.md`. Whoever accepts a signature knows the new keys before
 * anybody uses them. The private file is written first, and the public one when servers have seen
 * it. Then the others get the public file.
 */
const stepsOf = {
  // The hub uses a partner’s public file, and the partner accepts with its private one.
  partner: [
    { private: ['old', 'new'], public: ['new', 'old'] },
    { private: ['new', 'old'], public: ['new'] },
    { private: ['new'] },
  ],
  // Partners accept with the hub’s public file, and the hub uses its private one.
  hub: [
    { private: ['old', 'new'], public: ['old', 'new'] },
    { private: ['new', 'old'], public: ['new', 'old'] },
    { private: ['new'], public: ['new'] },
  ],
} satisfies Record<string, readonly Step[]>;

const stateSchema = z.strictObject({
  /** The number of steps that are done. */
  done: z.int().min(0).max(2),
  /** The names of the keys that are replaced. */
  old: z.array(z.string()).min(1),
});

/** How far a rotation has come. */
export interface Rotation {
  /** The number of the last finished step, from 1 on. */
  readonly step: number;
  readonly steps: number;
  /** Whether the others need the public file, as it is now, before the next step. */
  readonly hasNewPublicFile: boolean;
}

export interface RotateOptions {
  readonly folder: string;
  /** The organisation’s code, or `hub`. */
  readonly code: string;
  /**
   * Whether everybody has installed the public file of the step before. It is needed from the second
   * step on.
   */
  readonly isInstalled: boolean;
  /** @default waits for real time */
  readonly sleep?: (ms: number) => Promise<void>;
}

const stateFileOf = (folder: string, code: string): string =>
  keyFilesOf(folder, code).private.replace(/\.private\.json$/, '.rotation.json');

async function readState(path: string): Promise<z.output<typeof stateSchema> | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (text === undefined) return undefined;
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch {
    throw new KeyFileError(
      `${path} is not the state of a rotation. See shared/docs/replace-keys.md.`,
    );
  }
}

/** The step that a rotation is at. Undefined if there is none. */
export async function findRotation(folder: string, code: string): Promise<number | undefined> {
  return (await readState(stateFileOf(folder, code)))?.done;
}

/**
 * Does the next step of replacing an organisation’s keys. A step that was cut off is done again. No
 * request fails, if the others install the public file after each step.
 * @throws {@link KeyFileError} if keys are missing, or the others may not have the public file yet
 */
export async function rotateKeys({
  folder,
  code,
  isInstalled,
  sleep = (ms) => wait(ms),
}: RotateOptions): Promise<Rotation> {
  const files = keyFilesOf(folder, code);
  const stateFile = stateFileOf(folder, code);
  const steps: readonly Step[] = stepsOf[code === hubIssuer ? 'hub' : 'partner'];
  const { keys } = await readKeyFile(files.private);
  const state = (await readState(stateFile)) ?? { done: 0, old: nameAll(keys) };
  const step = steps[state.done];
  if (!step) throw new KeyFileError(`${stateFile} names a step that does not exist.`);
  if (state.done > 0 && !isInstalled) {
    throw new KeyFileError(
      `Step ${state.done} of ${steps.length} is done. When everybody has installed ${files.public}, repeat the command with --installed.`,
    );
  }
  const isOld = ({ kid = '' }: JWK) => state.old.includes(kid);
  const existing = keys.filter((key) => !isOld(key));
  const parts = {
    old: keys.filter(isOld),
    new: existing.length > 0 ? existing : (await createKeySet()).keys,
  };
  const order = (content: Content) => content.flatMap((part) => parts[part]);
  const isSeen = async (path: string) => {
    const { mtimeMs } = await stat(path);
    await sleep(Math.max(0, Math.min(seenAfterMs, mtimeMs + seenAfterMs - Date.now())));
  };

  // The names of the old keys are noted before there are others.
  await replaceFile(stateFile, toText(state));
  await isSeen(files.public);
  await write(files.private, order(step.private), 0o600);
  if (step.public) {
    await isSeen(files.private);
    await write(files.public, order(step.public).map(withoutPrivateParts), 0o644);
  }
  const done = state.done + 1;
  if (done === steps.length) await rm(stateFile);
  else await replaceFile(stateFile, toText({ ...state, done }));
  return { step: done, steps: steps.length, hasNewPublicFile: step.public !== undefined };
}

function nameAll(keys: readonly JWK[]): string[] {
  return keys.map(({ kid }) => {
    if (kid === undefined) throw new KeyFileError('Each key needs a kid before keys are replaced.');
    return kid;
  });
}

const toText = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const write = (path: string, keys: readonly JWK[], mode: number): Promise<void> =>
  replaceFile(path, toText({ keys }), mode);
