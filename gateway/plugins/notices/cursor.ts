import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** How far a stream has told each partner’s changes: the number of the last link, by partner. */
export type Positions = ReadonlyMap<string, number>;

/** Writes positions as text that only this hub can read, and reads them again. */
export interface Cursors {
  write(positions: Positions): string;
  /** Undefined if the text is not of this hub, or its key was replaced. */
  read(cursor: string): Positions | undefined;
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
/** All cursors of usual networks have one length, which then says nothing about their content. */
const block = 256;
export const cursorKeyBytes = 32;
/** The longest cursor, in characters. */
const longestCursor = 10_000;

/**
 * Positions are encrypted: the numbers also count what others have read, and hidden changes move
 * them, so a caller could learn from them.
 * @param key the same for all workers and hubs
 */
export function createCursors(key: Buffer = randomBytes(cursorKeyBytes)): Cursors {
  return {
    write(positions) {
      const text = JSON.stringify([...positions]);
      const padded = text.padEnd(Math.ceil(text.length / block) * block);
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce);
      const content = Buffer.concat([cipher.update(padded, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64url');
    },
    read(cursor) {
      if (cursor.length > longestCursor) return undefined;
      const bytes = Buffer.from(cursor, 'base64url');
      const start = nonceBytes + tagBytes;
      if (bytes.length <= start) return undefined;
      try {
        const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes));
        decipher.setAuthTag(bytes.subarray(nonceBytes, start));
        const content = Buffer.concat([decipher.update(bytes.subarray(start)), decipher.final()]);
        return new Map(JSON.parse(content.toString()) as [string, number][]);
      } catch {
        return undefined;
      }
    },
  };
}
