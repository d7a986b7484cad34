import type { Reader } from '@hub/shared/identity';
import { readerOf, testDatabases, type TestDatabaseKind } from '@hub/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import { own, readers } from '../testing/test-access.js';
import {
  calls,
  mutationNames,
  openWrittenPolice,
  refusalOf,
  type MutationName,
  type WrittenPolice,
} from '../testing/test-mutations.js';

const [sqlite] = testDatabases as [TestDatabaseKind];
const ofHosts = [
  'confirmStop',
  'offerHosting',
  'changeHosting',
  'confirmHosting',
  'withdrawHosting',
];

function mayWrite(reader: Reader, name: MutationName): boolean {
  if (reader.kind !== 'person' || reader.organisation !== own) return false;
  return reader.role === 'coordinator' || (reader.role === 'liaison' && ofHosts.includes(name));
}

/**
 * Inputs that break other rules. For a caller who may write, the error shows whether the record
 * exists.
 */
const nothings = {
  unit: 'fi:nowhere',
  site: 'fi:nowhere',
  officer: 'fi:nobody',
  expert: 'fi:nobody',
  person: 'fi:nobody',
  nomination: 'fi:nothing',
  hosting: 'fi:nothing',
  name: ' ',
};

describe('FORBIDDEN', () => {
  let police: WrittenPolice;
  beforeAll(async () => {
    police = await openWrittenPolice(sqlite);
  });
  afterAll(() => police[Symbol.asyncDispose]());

  it.each(readers)(
    'is the response to %s for forbidden mutations, whether the record exists or not',
    async (_, reader) => {
      const before = await police.readTables();
      for (const name of mutationNames.filter((one) => !mayWrite(reader, one))) {
        const changes = Object.entries(nothings).filter(([key]) => key in calls[name].input);
        for (const change of [{}, Object.fromEntries(changes)]) {
          expect(refusalOf(await police.try(name, change, reader)), name).toEqual({
            code: 'FORBIDDEN',
          });
        }
      }
      expect(await police.readTables()).toEqual(before);
    },
  );
});

describe.each([
  ['coordinator', mutationNames],
  ['liaison', mutationNames.filter((name) => ofHosts.includes(name))],
] as const)('a %s of the police force', (role, names) => {
  it('may write its own data, and reads the result', async () => {
    await using police = await openWrittenPolice(sqlite);
    for (const name of names) {
      // The loan was refused before.
      if (name === 'withdrawExpertLoan')
        await police.source.manager.update(
          ExpertLoan,
          { expertId: 'fi:lent' },
          { loanGranted: true },
        );
      const answer = await police.try(name, {}, readerOf(own, role));
      expect(answer.errors, name).toBeUndefined();
      expect(answer.data?.['it'], name).not.toBeNull();
    }
  });
});
