import { importJWK, SignJWT, UnsecuredJWT, type CryptoKey, type JWTHeaderParameters } from 'jose';
import { generateKeyPairSync } from 'node:crypto';
import type { Certifier } from '../certifier.js';
import { expectData, expectRefusal } from '../expect-reply.js';
import { subject } from '../step.js';

type Claims = Readonly<Record<string, unknown>>;

function claimsFor({ code }: Certifier, changed: Claims): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1_000);
  return {
    iss: 'hub',
    sub: 'certifier',
    aud: code,
    org: code,
    role: 'coordinator',
    iat: now,
    exp: now + 60,
    ...changed,
  };
}

/** An assertion with these claims, signed with the hub’s own key or another one. */
async function assertion(
  partner: Certifier,
  changed: Claims,
  { key, header }: { key?: CryptoKey | Uint8Array; header?: Partial<JWTHeaderParameters> } = {},
): Promise<string> {
  const { hubKey } = partner;
  const alg = hubKey.alg ?? 'EdDSA';
  return new SignJWT(claimsFor(partner, changed))
    .setProtectedHeader({ alg, typ: 'JWT', kid: hubKey.kid, ...header } as JWTHeaderParameters)
    .sign(key ?? (await importJWK(hubKey, alg)));
}

/** Sends a request that is signed well, with this assertion. */
async function send(partner: Certifier, text: string) {
  const { plainBody: body } = partner;
  return partner.post(body, await partner.sign(body, { assertion: text }));
}

const refuses = (changed: () => Claims) => async (partner: Certifier) =>
  expectRefusal(await send(partner, await assertion(partner, changed())));

const ago = (seconds: number): number => Math.floor(Date.now() / 1_000) - seconds;

/** Who the caller is. The request’s own signature is always good here. */
export const assertionSteps = subject('shared/identity/wire-format.md, The assertion', {
  'anonymous-is-accepted': [
    'role and sub are `anonymous`, and org is absent',
    async (partner) => {
      const claims = { role: 'anonymous', sub: 'anonymous', org: undefined };
      expectData(await send(partner, await assertion(partner, claims)));
    },
  ],
  'assertion-for-another-is-refused': [
    '401 UNAUTHENTICATED: aud is another partner',
    refuses(() => ({ aud: 'zz' })),
  ],
  'assertion-of-another-is-refused': [
    '401 UNAUTHENTICATED: iss is not the hub',
    refuses(() => ({ iss: 'zz' })),
  ],
  'old-assertion-is-refused': [
    '401 UNAUTHENTICATED: it was issued more than 60 s ago',
    refuses(() => ({ iat: ago(120), exp: ago(-60) })),
  ],
  'expired-assertion-is-refused': [
    '401 UNAUTHENTICATED: its time is over',
    refuses(() => ({ iat: ago(50), exp: ago(30) })),
  ],
  'unknown-role-is-refused': [
    '401 UNAUTHENTICATED: there is no such role',
    refuses(() => ({ role: 'administrator' })),
  ],
  'unsigned-assertion-is-refused': [
    '401 UNAUTHENTICATED: the algorithm `none`',
    async (partner) => {
      const text = new UnsecuredJWT(claimsFor(partner, {})).encode();
      expectRefusal(await send(partner, text));
    },
  ],
  'symmetric-assertion-is-refused': [
    '401 UNAUTHENTICATED: the public key as a secret (HS256)',
    async (partner) => {
      const key = Buffer.from(`${partner.hubKey.x}`, 'base64url');
      const header = { alg: 'HS256' };
      expectRefusal(await send(partner, await assertion(partner, {}, { key, header })));
    },
  ],
  'foreign-assertion-is-refused': [
    '401 UNAUTHENTICATED: another key under the hub’s name',
    async (partner) => {
      const key = await foreignKey();
      const header = { alg: 'EdDSA' };
      const text = await assertion(partner, {}, { key: key.own, header });
      expectRefusal(await send(partner, text));
    },
  ],
  'assertion-with-its-own-key-is-refused': [
    '401 UNAUTHENTICATED: a key in the header (`jwk`) is never used',
    async (partner) => {
      const key = await foreignKey();
      const header = { alg: 'EdDSA', jwk: key.open } as Partial<JWTHeaderParameters>;
      const text = await assertion(partner, {}, { key: key.own, header });
      expectRefusal(await send(partner, text));
    },
  ],
});

async function foreignKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const own = await importJWK(privateKey.export({ format: 'jwk' }), 'EdDSA');
  return { own, open: publicKey.export({ format: 'jwk' }) };
}
