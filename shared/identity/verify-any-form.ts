import { httpbis } from 'http-message-signatures';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Channel } from './channel.js';
import { clockToleranceSeconds } from './clock-tolerance.js';
import { algorithm, covered, longestAgeSeconds, type VerifiedSignature } from './signature-form.js';
import { timeLeftHeader } from './time-left.js';

/** A request’s parts, and those of its headers that are looked at. */
export interface SignedMessage {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * Verifies a signature in whatever form RFC 9421 allows: other spaces, an order of its own, several signatures. Returns
 * what the good one says, whose nonce has not been looked up yet.
 */
export async function verifyAnyForm(
  { method, path, headers }: SignedMessage,
  channelOf: (id: string) => Promise<Channel | undefined>,
  now: Date,
): Promise<VerifiedSignature | undefined> {
  let verified: VerifiedSignature | undefined;
  const timed = headers[timeLeftHeader] === undefined ? [] : [timeLeftHeader];
  const isSigned = await httpbis
    .verifyMessage(
      {
        keyLookup: async ({ keyid, alg, nonce: sent, created }) => {
          if (alg !== algorithm || typeof keyid !== 'string' || !sent || !created) return null;
          const age = (now.getTime() - created.getTime()) / 1000;
          if (age > longestAgeSeconds) return null;
          const channel = await channelOf(keyid);
          if (!channel) return null;
          return {
            id: keyid,
            algs: [algorithm],
            verify: (data, signature) => {
              const expected = createHmac('sha256', channel.secret).update(data).digest();
              const isEqual =
                expected.length === signature.length && timingSafeEqual(expected, signature);
              // Of several signatures on one request, the good one counts.
              if (isEqual) verified = { created: created.getTime() / 1000, nonce: sent };
              return Promise.resolve(isEqual);
            },
          };
        },
        // A time limit that is sent without being signed would be somebody else’s.
        requiredFields: [...covered, ...timed],
        requiredParams: ['created', 'nonce', 'keyid', 'alg'],
        // The library would go by the system’s clock, and leave no room for clocks that differ.
        notAfter: new Date(now.getTime() + clockToleranceSeconds * 1000),
      },
      { method, url: `http://partner${path}`, headers: only(headers) },
    )
    .catch(() => false);
  return isSigned === true ? verified : undefined;
}

/** The headers that the check looks at, each once. */
function only(headers: SignedMessage['headers']): Record<string, string> {
  const names = [
    'signature',
    'signature-input',
    ...covered.filter((name) => !name.startsWith('@')),
    timeLeftHeader,
  ];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
