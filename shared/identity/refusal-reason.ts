import type { Channel } from './channel.js';
import { clockToleranceSeconds } from './clock-tolerance.js';
import { longestAgeSeconds } from './signature-form.js';

/**
 * Why a partner refused a request of the hub’s, for logs and for the hub’s operators: the first check that failed. It
 * says nothing of the request, and nothing that the sender does not know.
 */
const refusalReasons = [
  /** It carries no signature. */
  'UNSIGNED',
  /** It is for another partner. */
  'PARTNER',
  /** The body is not the one that was signed. */
  'DIGEST',
  /** It is older, or further ahead, than clocks may differ, and not known to be new. */
  'CLOCK',
  /** The signature’s key id names no key of the hub’s that the partner knows. */
  'KEY',
  /** It names a key of the hub’s, and none of the partner’s own: the hub knows other public keys of the partner. */
  'PARTNER_KEY',
  /** The signature does not fit: the path was changed on the way, a header was, or the keys of these ids are others. */
  'SIGNATURE',
  /** It came before, or may have come before this server started. */
  'NONCE',
  /** The assertion is by another key, for another partner, or has run out. */
  'ASSERTION',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** The header in which a partner tells the hub the reason. */
export const refusalHeader = 'hub-refusal';

export const isRefusalReason = (value: unknown): value is RefusalReason =>
  (refusalReasons as readonly unknown[]).includes(value);

/** What a signature’s parameters say, whatever form they have. */
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

/** The keys that count at present. Several of each side do while keys are being replaced. */
export interface KnownKeys {
  /** The channel of an id. */
  channelOf(id: string): Promise<Channel | undefined>;
  /** Whether an id begins with a key of the hub’s. @default that of no id does */
  isOfHub?(id: string): Promise<boolean>;
}

/** Why a signature was not accepted, which is known to be bad or to have come before. */
export async function explainSignature(
  input: unknown,
  isGood: boolean,
  { channelOf, isOfHub }: KnownKeys,
  now: Date,
): Promise<RefusalReason> {
  const { created, keyid } = readClaimed(input);
  if (created === undefined) return 'UNSIGNED';
  const age = now.getTime() / 1000 - created;
  // The hub sends what it signs at once.
  if (isGood) return age > clockToleranceSeconds ? 'CLOCK' : 'NONCE';
  if (age > longestAgeSeconds || age < -clockToleranceSeconds) return 'CLOCK';
  if (await channelOf(keyid)) return 'SIGNATURE';
  return (await isOfHub?.(keyid)) ? 'PARTNER_KEY' : 'KEY';
}
