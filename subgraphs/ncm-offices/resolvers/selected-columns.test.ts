import { askEachField, readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { definition } from '../partner.js';
import { openTestOffices } from './test-partner.js';

const roads = {
  Office: (selection: string) => `{ offices { ${selection} } }`,
  Region: (selection: string) => `{ regions { ${selection} } }`,
  RegionalSite: (selection: string) => `{ regionalSites { ${selection} } }`,
  Delegate: (selection: string) => `{ delegates { nodes { ${selection} } } }`,
  DelegateNomination: (selection: string) => `{ delegateNominations { nodes { ${selection} } } }`,
  ParticipantReport: (selection: string) => `{ delegates { nodes { report { ${selection} } } } }`,
  Claim: (selection: string) => `{ offices { claims { ${selection} } } }`,
};

const readers = [
  readerOf('ncm', 'coordinator'),
  readerOf('nbnp', 'coordinator'),
  readerOf('no', 'analyst'),
];

describe.each(testDatabases)('A field of a stored row, on $name,', (kind) => {
  it('finds all that it goes by where nothing else is selected, whoever reads', async () => {
    await using offices = await openTestOffices(kind, 'demonstration');
    const { failed, asked } = await askEachField(definition, offices, roads, readers);
    expect(failed).toEqual([]);
    expect(asked).toBeGreaterThan(150);
  });
});
