import {
  askEachField,
  countStatements,
  entityRoad,
  readerOf,
  testDatabases,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { definition } from '../partner.js';
import { openTestPolice } from './test-partner.js';
import { insertHundredOfEach } from './test-rows.js';

const roads = {
  PoliceUnit: [
    (selection: string) => `{ policeUnits { ${selection} } }`,
    entityRoad('PoliceUnit', { id: 'no:unit-001' }),
  ],
  NationalSite: [
    (selection: string) => `{ nationalSites { ${selection} } }`,
    entityRoad('NationalSite', { id: 'no:site-001-1' }),
  ],
  Officer: [
    (selection: string) => `{ officers { nodes { ${selection} } } }`,
    entityRoad('Officer', { id: 'no:officer-001' }),
  ],
  OfficerNomination: [
    (selection: string) => `{ officers { nodes { nominations { ${selection} } } } }`,
    entityRoad('OfficerNomination', { id: 'no:nomination-001-1' }),
  ],
  ParticipantReport: [(selection: string) => `{ officers { nodes { report { ${selection} } } } }`],
  Expert: [
    (selection: string) => `{ experts { nodes { ${selection} } } }`,
    entityRoad('Expert', { id: 'no:expert-001' }),
  ],
  Hosting: [
    (selection: string) => `{ policeUnits { hostings { ${selection} } } }`,
    entityRoad('Hosting', { id: 'no:hosting-001-1' }),
  ],
  Claim: [(selection: string) => `{ policeUnits { claims { ${selection} } } }`],
};

const readers = [
  readerOf('no', 'coordinator'),
  readerOf('nbnp', 'coordinator'),
  readerOf('ncm', 'analyst'),
];

describe.each(testDatabases)('A field of a stored row, on $name,', (kind) => {
  it('finds all that it goes by where nothing else is selected, whoever reads', async () => {
    await using police = await openTestPolice(kind, 'no', 'nothing');
    await insertHundredOfEach(police.source);
    const { failed, asked } = await askEachField(definition, police, roads, readers);
    expect(failed).toEqual([]);
    expect(asked).toBeGreaterThan(150);
  });

  it('is read alone, and nothing of the row that nobody has asked for', async () => {
    await using police = await openTestPolice(kind, 'no', 'nothing');
    await insertHundredOfEach(police.source);
    using counted = countStatements(police.source);
    const { data } = await police.ask('{ officers(first: 1) { nodes { id unit { id } } } }');
    expect(data).toMatchObject({ officers: { nodes: [{ unit: { id: 'no:unit-001' } }] } });
    const texts = counted.statements.filter((text) => /"officers"|"police_units"/.test(text));
    expect(texts).toHaveLength(2);
    for (const text of texts) expect(text).not.toMatch(/"email"|"rank"|"city"|"note"/);
  });
});
