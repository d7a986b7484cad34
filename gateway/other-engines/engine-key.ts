import { createHash, timingSafeEqual } from 'node:crypto';

const hash = (key: string): Buffer => createHash('sha256').update(key).digest();

/**
 * Makes a function that knows the key of the operator’s own engines. Who asks a subgraph may say in
 * a representation what another partner answered, and the owner decides by it. So only an engine
 * that the operator trusts may ask.
 */
export function createEngineCheck(key: string): (given: unknown) => boolean {
  const expected = hash(key);
  return (given) => typeof given === 'string' && timingSafeEqual(hash(given), expected);
}
