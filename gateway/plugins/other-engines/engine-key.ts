import { createHash, timingSafeEqual } from 'node:crypto';

const hash = (key: string): Buffer => createHash('sha256').update(key).digest();

/**
 * Makes a function that recognises the key of the operator’s own engines. A caller of a subgraph can
 * claim in a representation what another partner returned, and the owner decides by it. So only an
 * engine that the operator trusts may call one.
 */
export function createEngineCheck(key: string): (given: unknown) => boolean {
  const expected = hash(key);
  return (given) => typeof given === 'string' && timingSafeEqual(hash(given), expected);
}
