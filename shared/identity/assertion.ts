import { importJWK, jwtVerify, SignJWT, type JWK } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { HubError } from '../errors/hub-error.js';
import { clockToleranceSeconds } from './clock-tolerance.js';
import type { KeyStore } from './keys/key-store.js';
import { anonymous, isOwnRecord, recordedText, roles, type Reader } from './reader.js';

/** The hub’s code: the issuer of assertions, and the owner of its keys. */
export const hubIssuer = 'hub';

/** How long an assertion is valid. It may be reused for the same caller and partner until then. */
const assertionLifeSeconds = 60;
/**
 * An assertion is renewed when it is valid for less than this, so that it does not expire on the
 * way.
 */
const renewBeforeSeconds = 10;
/** The most recent assertions are cached. */
const rememberedReaders = 10_000;

/** Creates the hub’s assertion about a caller for one partner. */
export type AssertReader = (reader: Reader, partner: string) => Promise<string>;

/**
 * Makes the function that creates the hub’s assertions. Each is signed once for a caller and a
 * partner, and valid only for that partner and for at most a minute.
 */
export function createAssertReader(
  signingKey: () => Promise<JWK>,
  clock: () => Date = () => new Date(),
): AssertReader {
  const made = new LRUCache<string, { assertion: string; until: number }>({
    max: rememberedReaders,
  });
  const names = new WeakMap<Reader, string>();
  const nameOf = (reader: Reader): string => {
    const known = names.get(reader) ?? JSON.stringify(reader);
    names.set(reader, known);
    return known;
  };
  return async (reader, partner) => {
    const now = Math.floor(clock().getTime() / 1000);
    const key = await signingKey();
    // A partner’s code contains no space, and the key is our own.
    const name = `${partner} ${key.kid} ${nameOf(reader)}`;
    const known = made.get(name);
    if (known && known.until > now) return known.assertion;
    const { sub, ...claims } = toClaims(reader);
    const algorithm = key.alg ?? 'EdDSA';
    const assertion = await new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm, typ: 'JWT', kid: key.kid })
      .setIssuer(hubIssuer)
      .setSubject(sub)
      .setAudience(partner)
      .setIssuedAt(now)
      .setExpirationTime(now + assertionLifeSeconds)
      .sign(await importJWK(key, algorithm));
    made.set(name, { assertion, until: now + assertionLifeSeconds - renewBeforeSeconds });
    return assertion;
  };
}

const bearer = { sub: recordedText, org: z.string().min(1), purpose: recordedText.optional() };

const claimsSchema = z.union([
  z.object({
    role: z.literal('anonymous'),
    participant: z
      .object({ ...bearer, person: recordedText })
      .refine(({ person, org }) => isOwnRecord(person, org))
      .optional(),
  }),
  z.object({ ...bearer, role: z.enum(roles), participant: z.undefined().optional() }),
]);
type AssertedClaims = z.output<typeof claimsSchema>;

/**
 * A participant is anonymous with one claim more: a partner whose server does not know participants
 * ignores it (RFC 7519, 4), and gives her what it gives to everybody.
 */
function toClaims(reader: Reader): AssertedClaims & { readonly sub: string } {
  const nobody = { role: 'anonymous', sub: 'anonymous' } as const;
  if (reader.kind === 'anonymous') return nobody;
  const { organisation: org, subject: sub, purpose } = reader;
  if (reader.kind === 'person') return { sub, org, role: reader.role, purpose };
  return { ...nobody, participant: { sub, org, purpose, person: reader.person } };
}

function toReader(claims: AssertedClaims): Reader {
  const { role, participant } = claims;
  if (role === 'anonymous') {
    if (!participant) return anonymous;
    const { sub: subject, org: organisation, purpose, person } = participant;
    return { kind: 'participant', organisation, subject, person, purpose };
  }
  const { sub: subject, org: organisation, purpose } = claims;
  return { kind: 'person', organisation, subject, role, purpose };
}

/**
 * Identifies the caller by an assertion.
 * @param at when it was sent, by the hub’s clock, as the signature says. @default now, by the
 * partner’s own clock
 */
export type ReadAssertion = (assertion: string, at?: Date) => Promise<Reader>;

/**
 * Makes a partner’s check of assertions: signed by the hub, for this partner, not expired, and not
 * valid for longer than a minute. A verified assertion is cached until it expires, or until its key
 * is removed.
 * @throws HubError `UNAUTHENTICATED` from the function.
 */
export function createReadAssertion(
  partner: string,
  keys: KeyStore,
  clock: () => Date = () => new Date(),
): ReadAssertion {
  const verified = new LRUCache<string, { reader: Reader; until: number; key: JWK }>({
    max: rememberedReaders,
  });
  const verifyBy = async (key: JWK, assertion: string, now: Date) => {
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: ['EdDSA', 'ES256'],
      issuer: hubIssuer,
      audience: partner,
      currentDate: now,
      clockTolerance: clockToleranceSeconds,
      maxTokenAge: assertionLifeSeconds,
      requiredClaims: ['exp', 'sub', 'iat'],
    });
    const reader = toReader(claimsSchema.parse(payload));
    return { reader, until: payload.exp ?? 0, key };
  };
  const verify = async (assertion: string, now: Date) => {
    for (const key of await keys.signingKeysOf(hubIssuer)) {
      const fresh = await verifyBy(key, assertion, now).catch(() => undefined);
      if (fresh) return fresh;
    }
    throw new HubError('UNAUTHENTICATED', { reason: 'ASSERTION' });
  };
  return async (assertion, now = clock()) => {
    const known = verified.get(assertion);
    if (known && known.until > now.getTime() / 1000) {
      const keysNow = await keys.signingKeysOf(hubIssuer);
      if (keysNow.some(({ x, y }) => x === known.key.x && y === known.key.y)) return known.reader;
    }
    const fresh = await verify(assertion, now);
    verified.set(assertion, fresh);
    return fresh.reader;
  };
}
