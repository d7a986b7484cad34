import { httpbis } from 'http-message-signatures';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Channel } from './channel.js';
import { clockToleranceSeconds } from './clock-tolerance.js';
import {
  algorithm,
  covered,
  coveredIfSent,
  longestAgeSeconds,
  type VerifiedSignature,
} from './signature-form.js';

/** The parts of a request, and the headers that are checked. */
export interface SignedMessage {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * The longest headers of signatures, in characters. The hub’s own have 500, and each signature of a
 * proxy adds as many. To read 16 KB of them takes 2 ms.
 */
const longestSignatures = 3_000;

/**
 * Verifies a signature in any form that RFC 9421 allows: other spaces, another order, several
 * signatures. Returns the parameters of the valid one. Its nonce is not checked yet.
 */
export async function verifyAnyForm(
  { method, path, headers }: SignedMessage,
  channelOf: (id: string) => Promise<Channel | undefined>,
  now: Date,
): Promise<VerifiedSignature | undefined> {
  const { signature, 'signature-input': input } = headers;
  if (`${String(signature)}${String(input)}`.length > longestSignatures) return undefined;
  let verified: VerifiedSignature | undefined;
  const sent = coveredIfSent.filter((name) => headers[name] !== undefined);
  await httpbis
    .verifyMessage(
      {
        keyLookup: async ({ keyid, alg, nonce: given, created }) => {
          if (alg !== algorithm || typeof keyid !== 'string' || !given) return null;
          // Without a time, this is not a number.
          const seconds = Number(created) / 1000;
          const isRecent = now.getTime() / 1000 - seconds <= longestAgeSeconds;
          if (!isRecent) return null;
          const channel = await channelOf(keyid);
          if (!channel) return null;
          return {
            verify: (data, signature) => {
              const expected = createHmac('sha256', channel.secret).update(data).digest();
              // Of several signatures, the valid one counts. This throws if the length is wrong.
              const isEqual = timingSafeEqual(expected, signature);
              if (isEqual) verified = { created: seconds, nonce: given };
              return Promise.resolve(isEqual);
            },
          };
        },
        // What is not signed may come from somebody else.
        requiredFields: [...covered, ...sent],
        // The library would use the system’s clock, without tolerance.
        notAfter: new Date(now.getTime() + clockToleranceSeconds * 1000),
      },
      { method, url: `http://partner${path}`, headers: only(headers) },
    )
    .catch(() => undefined);
  return verified;
}

/** The checked headers, each once. */
function only(headers: SignedMessage['headers']): Record<string, string> {
  const names = ['signature', 'signature-input', ...covered, ...coveredIfSent];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
