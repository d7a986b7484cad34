import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Nobody guesses 256 bits, so one round of a fast hash is enough. */
const keyBytes = 32;
const idBytes = 12;

/** What the id and the key of a link look like. */
export const idForm = /^[\w-]{16}$/;
export const keyForm = /^[\w-]{43}$/;

export const createId = (): string => randomBytes(idBytes).toString('base64url');
export const createKey = (): string => randomBytes(keyBytes).toString('base64url');

/** The only form in which a key is stored. */
export const hashKey = (key: string): string =>
  createHash('sha256').update(key).digest('base64url');

/** Compared with the key of an unknown link, so that it takes as long as that of a known one. */
export const noHash = hashKey('');

/** Whether a key is the one with this hash. Takes the same time for every key. */
export const isKeyOf = (key: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(hashKey(key)), Buffer.from(hash));
