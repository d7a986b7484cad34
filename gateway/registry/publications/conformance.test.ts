import { statements } from '@hub/shared/records';
import { createTestKeyPair, type TestKeyPair } from '@hub/shared/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  conformanceType,
  isConformanceValid,
  readConformance,
  signConformance,
  type Conformance,
} from './conformance.js';

const statement: Conformance = {
  form: 1,
  issuer: 'hub',
  partner: 'dk',
  subgraph: 'national-police',
  endpoint: 'https://hub.dk.example.org/graphql',
  schemaVersion: null,
  checkVersion: '1.0.0',
  checkedAt: '2026-11-26T12:00:00Z',
  validUntil: '2027-02-24T12:00:00Z',
  result: 'PASSED',
  passed: ['manifest-is-published', 'manifest-is-signed'],
  broken: [],
  notDecided: ['search-is-literal'],
};
const about = { partner: 'dk', subgraph: 'national-police' };

describe('readConformance', () => {
  let hub: TestKeyPair, other: TestKeyPair;
  beforeAll(async () => {
    [hub, other] = await Promise.all([createTestKeyPair('hub-1'), createTestKeyPair('hub-1')]);
  });
  const read = (jws: string, key = hub) =>
    readConformance(jws, about, { signingKeysOf: () => Promise.resolve([key.publicKey]) });

  it('returns what the hub signed', async () => {
    expect(await read(await signConformance(statement, hub.key))).toEqual(statement);
  });

  it('is refused if any character of it was changed', async () => {
    const jws = await signConformance(statement, hub.key);
    // The last character of a base64url text may have bits that mean nothing.
    for (let index = 0; index < jws.length - 1; index += 1) {
      const other = jws[index] === 'A' ? 'B' : 'A';
      const changed = jws.slice(0, index) + other + jws.slice(index + 1);
      await expect(read(changed), `at ${index}`).rejects.toThrow(
        expect.objectContaining({ name: 'StatementError' }) as Error,
      );
    }
  });

  it.each([
    ['another key of the same name', () => signConformance(statement, other.key), 'FOREIGN'],
    ['another partner', () => signConformance({ ...statement, partner: 'no' }, hub.key), 'FOREIGN'],
    [
      'another type',
      () => statements.signStatement(statement, 'hub-manifest+jwt', hub.key),
      'UNSIGNED',
    ],
    [
      'a member more',
      () => statements.signStatement({ ...statement, grade: 'A' }, conformanceType, hub.key),
      'INVALID',
    ],
    [
      'another issuer',
      () => statements.signStatement({ ...statement, issuer: 'dk' }, conformanceType, hub.key),
      'INVALID',
    ],
  ])('refuses %s', async (_, make, code) => {
    await expect(read(await make())).rejects.toMatchObject({ name: 'StatementError', code });
  });
});

describe('isConformanceValid', () => {
  it.each([
    ['2026-11-26T11:54:00Z', false],
    ['2026-11-26T11:56:00Z', true],
    ['2027-02-24T11:59:59Z', true],
    ['2027-02-24T12:00:00Z', false],
  ])('at %s is %s', (at, isValid) => {
    expect(isConformanceValid(statement, new Date(at))).toBe(isValid);
  });
});
