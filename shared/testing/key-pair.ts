import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** A signing key for tests, and its public half. */
export interface TestKeyPair {
  readonly key: JWK;
  readonly publicKey: JWK;
}

export async function createTestKeyPair(
  kid: string,
  alg: 'EdDSA' | 'ES256' = 'EdDSA',
): Promise<TestKeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const shared = { kid, alg, use: 'sig' };
  return {
    key: { ...(await exportJWK(privateKey)), ...shared },
    publicKey: { ...(await exportJWK(publicKey)), ...shared },
  };
}
