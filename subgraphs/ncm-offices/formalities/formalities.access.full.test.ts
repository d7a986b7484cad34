import 'reflect-metadata';

import {
  comparePreparationReaders,
  createFactsHub,
  groupAt,
  type JourneyMoment,
  journeyMoments,
  type TestDatabaseKind,
  testDatabases,
  type TestPartner,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openTestOffices } from '../testing/test-partner.js';

const [sqlite] = testDatabases as [TestDatabaseKind];

const preparation = {
  field: 'delegate',
  type: 'Delegate',
  group: 'nbnp:demo-group-1',
  member: 'ncm:demo-delegate-1',
  nominee: 'ncm:demo-delegate-13',
  own: 'ncm',
  formalityReaders: ['nbnp'],
  host: 'fi',
  stranger: 'no',
};

function openAt(moment: JourneyMoment): Promise<TestPartner> {
  const { askHub } = createFactsHub(() => groupAt(moment, ['fi', 'ee']));
  const clock = () => new Date(`${moment.today}T12:00:00Z`);
  return openTestOffices(sqlite, 'demonstration', { askHub, clock });
}

describe('the formalities and travel needs of a delegate', () => {
  it.each(Object.entries(journeyMoments))(
    'are read %s by whom the table names',
    async (_, moment) => {
      await using partner = await openAt(moment);
      const results = comparePreparationReaders(partner, preparation, moment);
      for await (const { reader, seen, expected } of results)
        expect(seen, reader).toEqual(expected);
    },
  );
});
