import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { DatabaseMark } from '../../database/database-mark.entity.js';
import { cursorArgument, foreignCursor, readCursor } from '../../database/pagination/cursor.js';
import type { PageRequest } from '../../database/pagination/page-size.js';

/** Writes the numbers of links so that only this partner can read them. */
export interface LinkKeys {
  write(sequence: number): string;
  /** The number. Undefined for a text that this partner did not write. */
  read(text: string): number | undefined;
}

/** One block of one number under a key of its own purpose: there is no second block to compare. */
const algorithm = 'aes-128-ecb';
const blockBytes = 16;
const numberAt = blockBytes - 6;

const made = new WeakMap<DataSource, LinkKeys>();

/**
 * The numbers of links count readings too, of which nobody else may learn how many there are. The key
 * is derived from the mark of the database, which is random and never leaves the partner.
 */
export async function readLinkKeys(source: DataSource): Promise<LinkKeys> {
  const known = made.get(source);
  if (known) return known;
  const [mark] = await source.manager.find(DatabaseMark);
  if (!mark) throw new Error('The database has no mark.');
  const key = createHash('sha256').update(`numbers of changes ${mark.id}`).digest();
  const keys = createLinkKeys(key.subarray(0, blockBytes));
  made.set(source, keys);
  return keys;
}

/**
 * The number of the link in the cursor of a page. Undefined without a cursor.
 * @throws HubError `BAD_USER_INPUT`
 */
export function readSequence(request: PageRequest, keys: LinkKeys): number | undefined {
  const cursor = readCursor(request, 1);
  if (!cursor) return undefined;
  const [text] = cursor;
  const sequence = text == null ? undefined : keys.read(text);
  if (sequence !== undefined) return sequence;
  throw foreignCursor(cursorArgument(request));
}

function createLinkKeys(key: Buffer): LinkKeys {
  return {
    write(sequence) {
      const block = Buffer.alloc(blockBytes);
      block.writeUIntBE(sequence, numberAt, blockBytes - numberAt);
      const cipher = createCipheriv(algorithm, key, null).setAutoPadding(false);
      return cipher.update(block).toString('base64url');
    },
    read(text) {
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length !== blockBytes) return undefined;
      const block = createDecipheriv(algorithm, key, null).setAutoPadding(false).update(bytes);
      if (block.subarray(0, numberAt).some((byte) => byte !== 0)) return undefined;
      return block.readUIntBE(numberAt, blockBytes - numberAt);
    },
  };
}
