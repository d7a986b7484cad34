import { hash } from 'node:crypto';

/** A SHA-256 hash in hexadecimal. */
export const hashForm = /^[0-9a-f]{64}$/;

/** The SHA-256 hash of a text or of bytes, in hexadecimal. */
export const digestOf = (content: string | Buffer): string => hash('sha256', content);
