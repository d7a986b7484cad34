import { askEachField, entityRoad, readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { definition } from '../partner.js';
import { openTestOffices } from './test-partner.js';

const roads = {
  Office: [
    (selection: string) => `{ offices { ${selection} } }`,
    entityRoad('Office', { id: 'ncm:led' }),
  ],
  Region: [
    (selection: string) => `{ regions { ${selection} } }`,
    entityRoad('Region', { code: 'RU-MUR' }),
  ],
  RegionalSite: [
    (selection: string) => `{ regionalSites { ${selection} } }`,
    entityRoad('RegionalSite', { id: 'ncm:site-ru-icc' }),
  ],
  Delegate: [
    (selection: string) => `{ delegates { nodes { ${selection} } } }`,
    entityRoad('Delegate', { id: 'ncm:demo-delegate-1' }),
  ],
  DelegateNomination: [
    (selection: string) => `{ delegateNominations { nodes { ${selection} } } }`,
    entityRoad('DelegateNomination', { id: 'ncm:demo-nomination-1-1' }),
  ],
  ParticipantReport: [(selection: string) => `{ delegates { nodes { report { ${selection} } } } }`],
  Claim: [(selection: string) => `{ offices { claims { ${selection} } } }`],
};

const readers = [
  readerOf('ncm', 'coordinator'),
  readerOf('nbnp', 'coordinator'),
  readerOf('no', 'analyst'),
];

describe.each(testDatabases)('A field of a stored row, on $name,', (kind) => {
  it('finds all that it goes by where nothing else is selected, whoever reads', async () => {
    await using offices = await openTestOffices(kind, 'demonstration');
    await offices.source.getRepository(ParticipantReport).insert({
      id: 'ncm:report-1',
      delegateId: 'ncm:demo-delegate-1',
      group: 'nbnp:demo-group-1',
      visit: 'nbnp:demo-visit-1',
      receivedOn: '2026-03-01',
      text: null,
    });
    const { failed, asked } = await askEachField(definition, offices, roads, readers);
    expect(failed).toEqual([]);
    expect(asked).toBeGreaterThan(150);
  });
});
