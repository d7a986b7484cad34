import { clockToleranceSeconds } from './clock-tolerance.js';
import { type Channel, longestAgeSeconds } from './signature-form.js';

/**
 * Why a partner refused a request of the hub, for logs and operators: the first check that failed.
 * It reveals nothing about the request, and nothing that the sender does not know.
 */
const refusalReasons = [
  /** The request has no signature. */
  'UNSIGNED',
  /** It is for another partner. */
  'PARTNER',
  /** The body differs from the signed one. */
  'DIGEST',
  /** It is too old, or too far ahead for clocks that differ, and not known to be new. */
  'CLOCK',
  /** The signature’s key id names none of the hub’s known keys. */
  'KEY',
  /**
   * It names a key of the hub, but none of this partner’s keys: the hub has other public keys of
   * the partner.
   */
  'PARTNER_KEY',
  /**
   * The signature is wrong: the path or a header was changed on the way, or the keys with these ids
   * differ.
   */
  'SIGNATURE',
  /** The nonce came before, or may have come before this server started. */
  'NONCE',
  /** The assertion has another key, is for another partner, or has expired. */
  'ASSERTION',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** The header in which a partner tells the hub the reason. */
export const refusalHeader = 'hub-refusal';

export const isRefusalReason = (value: unknown): value is RefusalReason =>
  (refusalReasons as readonly unknown[]).includes(value);

/** The parameters of a signature, in any form. */
interface Claimed {
  /** In seconds since the epoch. */
  readonly created: number | undefined;
  readonly keyid: string;
}

export function readClaimed(input: unknown): Claimed {
  const text = typeof input === 'string' ? input : '';
  const created = /;\s*created=(\d{1,12})/.exec(text)?.[1];
  const keyid = /;\s*keyid="([^"]*)"/.exec(text)?.[1] ?? '';
  return { created: created === undefined ? undefined : Number(created), keyid };
}

/** The valid keys. While keys are being replaced, each side has several. */
export interface KnownKeys {
  /** The channel with an id. */
  channelOf(id: string): Promise<Channel | undefined>;
  /** Whether an id begins with a key of the hub. @default false for every id */
  isOfHub?(id: string): Promise<boolean>;
}

/** Why a signature was rejected that is known to be wrong or repeated. */
export async function explainSignature(
  input: unknown,
  isGood: boolean,
  { channelOf, isOfHub }: KnownKeys,
  now: Date,
): Promise<RefusalReason> {
  const { created, keyid } = readClaimed(input);
  if (created === undefined) return 'UNSIGNED';
  const age = now.getTime() / 1000 - created;
  // The hub sends its requests at once after signing them.
  if (isGood) return age > clockToleranceSeconds ? 'CLOCK' : 'NONCE';
  if (age > longestAgeSeconds || age < -clockToleranceSeconds) return 'CLOCK';
  if (await channelOf(keyid)) return 'SIGNATURE';
  return (await isOfHub?.(keyid)) ? 'PARTNER_KEY' : 'KEY';
}
