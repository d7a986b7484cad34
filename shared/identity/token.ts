import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  importJWK,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  type JWTVerifyOptions,
} from 'jose';
import { z } from 'zod';
import { HubError } from '../errors/hub-error.js';
import { clockToleranceSeconds } from './clock-tolerance.js';
import type { KeyStore } from './keys/key-store.js';
import {
  isOwnRecord,
  recordedText,
  roles,
  type Participant,
  type Reader,
  type Role,
} from './reader.js';

export { roles, type Role };

/** An organisation’s OpenID Connect provider: for whom it signs tokens, and its keys. */
export interface Provider {
  /** The code of the only organisation for which its tokens are valid. */
  readonly organisation: string;
  /**
   * @throws HubError `UNAUTHENTICATED` if the provider does not have this key, or is unavailable.
   */
  readonly keyFor: (header: JWTHeaderParameters) => Promise<CryptoKey>;
}

/** Finds the provider of an issuer. An unregistered issuer never gets a request. */
export type Providers = (issuer: string) => Provider | undefined;

/** The bearer of a token. */
export type Bearer = Exclude<Reader, { readonly kind: 'anonymous' }>;

export interface SignTokenOptions extends Pick<Bearer, 'organisation' | 'subject' | 'purpose'> {
  readonly role: Role | 'participant';
  /** The id of her own record. Of a participant alone. */
  readonly person?: Participant['person'] | undefined;
  /** The private key with which the organisation signs. */
  readonly key: JWK;
  /** @default 'hub' */
  readonly audience?: string;
  /** How long the token is valid, in seconds. */
  readonly ttl: number;
  readonly clock?: () => Date;
}

export interface VerifyTokenOptions {
  readonly audience: string;
  readonly keys: KeyStore;
  /** The organisations’ OpenID Connect providers, by issuer. @default none */
  readonly providers?: Providers;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

/**
 * The accepted signature algorithms. Symmetric ones and `none` are never accepted, whatever the
 * header says.
 */
const algorithms = ['EdDSA', 'ES256'];
/** Tokens are short-lived. One that is valid for longer than a day was not made for people. */
export const longestLifeSeconds = 24 * 60 * 60;
const longestToken = 8_192;

const payloadSchema = z.object({
  sub: recordedText,
  org: z.string(),
  role: z.enum([...roles, 'participant']),
  person: recordedText.optional(),
  purpose: recordedText.optional(),
  exp: z.number(),
  iat: z.number().optional(),
});

/** Signs a token of an organisation for one of its people or services. */
export async function signToken({
  key,
  organisation,
  subject,
  role,
  person,
  purpose,
  audience = 'hub',
  ttl,
  clock = () => new Date(),
}: SignTokenOptions): Promise<string> {
  const algorithm = key.alg ?? (key.kty === 'EC' ? 'ES256' : 'EdDSA');
  const now = Math.floor(clock().getTime() / 1000);
  return new SignJWT({ org: organisation, role, person, ...(purpose && { purpose }) })
    .setProtectedHeader({ alg: algorithm, typ: 'JWT', ...(key.kid && { kid: key.kid }) })
    .setIssuer(organisation)
    .setSubject(subject)
    .setAudience(audience)
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + ttl)
    .sign(await importJWK(key, algorithm));
}

/** A verified token that can be cached, with checks that it is still valid. */
export interface VerifiedToken {
  readonly bearer: Bearer;
  /** When it was made, in seconds since the epoch. 0 if it does not say. */
  readonly issuedAt: number;
  /** Whether it has not expired. */
  isInTime(): boolean;
  /** Whether its key is still one of its issuer’s. */
  isByKnownKey(): Promise<boolean>;
}

/**
 * Verifies a token: its signature by a registered key of its issuer, which must be the organisation
 * that it speaks for, its audience and its time. A key that the token itself contains or refers to
 * (`jwk`, `jku`, `x5u`, `x5c`) is never used.
 * @throws HubError `UNAUTHENTICATED` without the reason, which would help only an attacker.
 */
export async function verifyToken(
  token: string,
  options: VerifyTokenOptions,
): Promise<VerifiedToken> {
  const verified = await verify(token, options).catch((error: unknown) => {
    if (!(error instanceof errors.JOSEError || error instanceof TypeError)) throw error;
  });
  if (!verified) throw new HubError('UNAUTHENTICATED');
  return verified;
}

/** What `jwtVerify` checks beside the signature. */
type Rules = JWTVerifyOptions & { readonly issuer: string; readonly currentDate: Date };

async function verify(
  token: string,
  { audience, keys, providers, clock = () => new Date() }: VerifyTokenOptions,
): Promise<VerifiedToken | undefined> {
  if (token.length > longestToken) return undefined;
  // Not verified yet: the issuer only decides whose keys are tried.
  const { iss } = decodeJwt(token);
  const { kid } = decodeProtectedHeader(token);
  if (typeof iss !== 'string') return undefined;
  const rules: Rules = {
    algorithms,
    audience,
    issuer: iss,
    currentDate: clock(),
    clockTolerance: clockToleranceSeconds,
  };
  const provider = providers?.(iss);
  if (provider) return verifyByProvider(token, rules, provider, clock);
  // If a token names a key, only that key is tried.
  const candidates = (await keys.signingKeysOf(iss)).filter(
    (key) => kid === undefined || kid === key.kid,
  );
  return verifyByKeys(token, rules, candidates, { keys, clock });
}

async function verifyByProvider(
  token: string,
  rules: Rules,
  provider: Provider,
  clock: () => Date,
): Promise<VerifiedToken | undefined> {
  const { payload, protectedHeader, key } = await jwtVerify(token, provider.keyFor, rules);
  // After each fetch, the provider’s keys are new objects, so that its tokens are verified again.
  const isByKnownKey = async () => (await provider.keyFor(protectedHeader)) === key;
  return readClaims(payload, provider.organisation, { rules, clock, isByKnownKey });
}

/** Verifies a token by the first of its issuer’s keys that made its signature. */
async function verifyByKeys(
  token: string,
  rules: Rules,
  candidates: readonly JWK[],
  { keys, clock }: { readonly keys: KeyStore; readonly clock: () => Date },
): Promise<VerifiedToken | undefined> {
  for (const key of candidates) {
    const signed = await jwtVerify(token, key, rules).catch(() => undefined);
    const isByKnownKey = async () => (await keys.signingKeysOf(rules.issuer)).includes(key);
    if (signed) return readClaims(signed.payload, rules.issuer, { rules, clock, isByKnownKey });
  }
  return undefined;
}

/** If the clock was set back, an earlier check proves nothing. */
function isInTime(exp: number, verifiedAt: Date, now: Date): boolean {
  return now >= verifiedAt && exp > Math.floor(now.getTime() / 1000) - clockToleranceSeconds;
}

interface Checks extends Pick<VerifiedToken, 'isByKnownKey'> {
  readonly rules: Rules;
  readonly clock: () => Date;
}

/** Undefined unless the role and the record fit: a participant has one of her organisation. */
function readBearer({
  sub: subject,
  org: organisation,
  role,
  person,
  purpose,
}: z.output<typeof payloadSchema>): Bearer | undefined {
  const own = { organisation, subject, purpose };
  if (role !== 'participant')
    return person === undefined ? { kind: 'person', ...own, role } : undefined;
  if (person === undefined || !isOwnRecord(person, organisation)) return undefined;
  return { kind: 'participant', ...own, person };
}

/**
 * The claims of a token whose signature is valid. The issuer’s tokens are valid for one organisation
 * only, which is `vouching`.
 */
function readClaims(
  payload: JWTPayload,
  vouching: string,
  { rules: { currentDate }, clock, isByKnownKey }: Checks,
): VerifiedToken | undefined {
  const { data } = payloadSchema.safeParse(payload);
  if (data?.org !== vouching) return undefined;
  const { exp, iat = 0 } = data;
  const bearer = readBearer(data);
  const now = currentDate.getTime() / 1000;
  const isMade = iat - now <= clockToleranceSeconds;
  const isShortLived = exp - now <= longestLifeSeconds + clockToleranceSeconds;
  if (!bearer || !isMade || !isShortLived) return undefined;
  return {
    bearer,
    issuedAt: iat,
    isInTime: () => isInTime(exp, currentDate, clock()),
    isByKnownKey,
  };
}
