import { LRUCache } from 'lru-cache';
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** A message of one hub to all others, as it was written. */
export interface OpenedMessage {
  /** The hub’s process, by a number that it drew at its start. */
  readonly sender: string;
  /** Counts the messages of this sender, from 1. */
  readonly sequence: number;
  readonly content: unknown;
}

/** Encrypts messages so that only hubs with the same key can read or write them. */
export interface Seal {
  /** This process. */
  readonly sender: string;
  /** Where the hubs with this key meet. Other networks may use the same store. */
  readonly channel: string;
  /** Encrypts the next message. */
  write(content: object): { readonly sequence: number; readonly bytes: Buffer };
  /** Undefined if no hub with this key has written it. */
  read(bytes: Buffer): OpenedMessage | undefined;
}

const algorithm = 'aes-256-gcm';
const form = 1;
const senderBytes = 16;
const sequenceBytes = 6;
const headerBytes = 1 + senderBytes + sequenceBytes;
const tagBytes = 16;
const nonceBytes = 12;
const keyBytes = 32;
/** The keys of so many senders stay in memory. */
const rememberedSenders = 100;

const derive = (key: Buffer, salt: Buffer, use: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, use, bytes));

/** Each sender has a key of its own, so its numbers are nonces that no other message has. */
function nonceOf(sequence: number): Buffer {
  const nonce = Buffer.alloc(nonceBytes);
  nonce.writeUIntBE(sequence, nonceBytes - sequenceBytes, sequenceBytes);
  return nonce;
}

/** @param key the same for all hubs of a network, and nobody else */
export function createSeal(key: Buffer): Seal {
  const own = randomBytes(senderBytes);
  const keyOf = (sender: Buffer) => derive(key, sender, 'messages', keyBytes);
  const ownKey = keyOf(own);
  const known = new LRUCache<string, Buffer>({ max: rememberedSenders });
  let last = 0;
  return {
    sender: own.toString('hex'),
    channel: `cooperation-hub:${derive(key, Buffer.alloc(0), 'channel', 8).toString('hex')}`,
    write(content) {
      const sequence = ++last;
      const header = Buffer.alloc(headerBytes);
      header.writeUInt8(form);
      own.copy(header, 1);
      header.writeUIntBE(sequence, 1 + senderBytes, sequenceBytes);
      const cipher = createCipheriv(algorithm, ownKey, nonceOf(sequence)).setAAD(header);
      const text = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final()]);
      return { sequence, bytes: Buffer.concat([header, cipher.getAuthTag(), text]) };
    },
    read(bytes) {
      const start = headerBytes + tagBytes;
      if (bytes.length <= start || bytes[0] !== form) return undefined;
      const header = bytes.subarray(0, headerBytes);
      const senderOf = header.subarray(1, 1 + senderBytes);
      const sender = senderOf.toString('hex');
      const sequence = header.readUIntBE(1 + senderBytes, sequenceBytes);
      try {
        const senderKey = known.get(sender) ?? keyOf(senderOf);
        const decipher = createDecipheriv(algorithm, senderKey, nonceOf(sequence))
          .setAAD(header)
          .setAuthTag(bytes.subarray(headerBytes, start));
        const text = Buffer.concat([decipher.update(bytes.subarray(start)), decipher.final()]);
        known.set(sender, senderKey);
        return { sender, sequence, content: JSON.parse(text.toString()) };
      } catch {
        return undefined;
      }
    },
  };
}
