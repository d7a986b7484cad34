import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Nobody guesses 256 bits, so one round of a fast hash is enough. */
const keyBytes = 32;
const idBytes = 12;

/** What the id and the key of a link look like. */
export const linkIdForm = /^[\w-]{16}$/;
export const linkKeyForm = /^[\w-]{43}$/;

export const createLinkId = (): string => randomBytes(idBytes).toString('base64url');
export const createLinkKey = (): string => randomBytes(keyBytes).toString('base64url');

/** The only form in which the hub stores a key. */
export const hashKey = (key: string): string =>
  createHash('sha256').update(key).digest('base64url');

/** Whether a key is the one with this hash. Takes the same time for every key. */
export const isKeyOf = (key: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(hashKey(key)), Buffer.from(hash));
