// cspell:disable: keys
import type { JWK } from 'jose';

/** Keys for the vectors alone, which everybody knows. */
export const vectorKeys = {
  'hub-sign-1': {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    kid: 'hub-sign-1',
    use: 'sig',
    alg: 'EdDSA',
  },
  'hub-sign-2': {
    kty: 'EC',
    crv: 'P-256',
    d: 'IpEhk71CqJPJ9BzQRziB4oa0_DFNA5c9YEVq5V5gEGI',
    x: 'QgcEAg1hJF19CZxkM3Z9Vd8-HVIbj-Ne5J4KzAhydPM',
    y: 'zt7HWSW1aGWXafgexPNzrb5CMNjte3Cd1x7vqeRCQfY',
    kid: 'hub-sign-2',
    use: 'sig',
    alg: 'ES256',
  },
  'hub-agree-1': {
    kty: 'OKP',
    crv: 'X25519',
    d: 'dwdtCnMYpX08FsFyUbJmRd9Rtbjw8PDw8PDw8PDw8PA',
    x: 'fUq6w-7nagbzYRJKBg89oG1WXwy7mQ_rvCgH-nHRrRY',
    kid: 'hub-agree-1',
    use: 'enc',
  },
  'dk-sign-1': {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'n5kc2KRq8KyXbvCugSKadim6XRwhYlNrK7v-In-GJZk',
    x: 'bsmORk_mK4G_0bihQ7jZhAzWjp5mTKvXa8ea7qNjnNk',
    kid: 'dk-sign-1',
    use: 'sig',
    alg: 'EdDSA',
  },
  'dk-agree-1': {
    kty: 'OKP',
    crv: 'X25519',
    d: 'XasIfmJKikt54X-Lg4AO5m87sSkmGLb9HC-LJ_-I4Os',
    x: '3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08',
    kid: 'dk-agree-1',
    use: 'enc',
  },
} as const satisfies Record<string, JWK>;

/** Nobody’s registered key, which calls itself like the hub’s. */
export const foreignKey: JWK = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'ki_S6VY31C6Ksh2y6KpOLGxRXjluyF5oEYAt2thbY4E',
  x: 'qXDQrBCy3DwE-9eRc1u6QvsTV24hlyEU-GBEPmut-cw',
  alg: 'EdDSA',
};
