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
import { openTestPolice } from '../testing/test-partner.js';

const [sqlite] = testDatabases as [TestDatabaseKind];

/** The group travels to Russia, where the offices are the host. They co-ordinate it too. */
const preparation = {
  field: 'officer',
  type: 'Officer',
  group: 'nbnp:demo-group-2',
  member: 'fi:demo-officer-3',
  nominee: 'fi:demo-officer-4',
  own: 'fi',
  formalityReaders: ['nbnp', 'ncm'],
  host: 'ncm',
  stranger: 'no',
};

function openAt(moment: JourneyMoment): Promise<TestPartner> {
  const { askHub } = createFactsHub(() => ({
    ...groupAt(moment, ['ncm']),
    acceptedOfficers: [{ id: 'fi:demo-officer-3' }],
    senders: ['fi'],
    coordinatingOffice: { id: 'ncm:led' },
  }));
  const clock = () => new Date(`${moment.today}T12:00:00Z`);
  return openTestPolice(sqlite, 'fi', 'demonstration', { askHub, clock });
}

describe('the formalities and travel needs of an officer', () => {
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
