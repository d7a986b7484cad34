import 'reflect-metadata';

import type { Reader } from '@hub/shared/identity';
import {
  createFactsHub,
  readerOf,
  testDatabases,
  type TestDatabaseKind,
  type TestPartner,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openTestPolice } from '../testing/test-partner.js';

const [sqlite] = testDatabases as [TestDatabaseKind];

const visit = {
  hostCountries: ['RU'],
  startsOn: '2027-02-07',
  endsOn: '2027-02-12',
  departedOn: null,
  returnedOn: null,
  cancelledOn: null,
};

/** What the network says of the visit, and the day. */
interface Moment {
  readonly today: string;
  readonly visit?: Readonly<Partial<Record<keyof typeof visit, unknown>>>;
  /** Whether a host prepares or has the group then. */
  readonly isNear: boolean;
}

const moments: Readonly<Record<string, Moment>> = {
  'a month and a day before the departure': { today: '2027-01-07', isNear: false },
  '30 days before the departure': { today: '2027-01-08', isNear: true },
  'during the visit': { today: '2027-02-10', visit: { departedOn: '2027-02-07' }, isNear: true },
  'after a return that nobody recorded': { today: '2027-03-15', isNear: false },
  'after the return': {
    today: '2027-02-12',
    visit: { departedOn: '2027-02-07', returnedOn: '2027-02-12' },
    isNear: false,
  },
  'before a visit that was cancelled': {
    today: '2027-02-01',
    visit: { cancelledOn: '2027-01-20' },
    isNear: false,
  },
  'before a visit without a date': {
    today: '2027-02-01',
    visit: { startsOn: null },
    isNear: false,
  },
};

const readers: readonly Reader[] = [
  { kind: 'anonymous' },
  ...['fi', 'nbnp', 'ncm', 'no'].flatMap((organisation) =>
    (['analyst', 'coordinator', 'liaison', 'auditor', 'service'] as const).map((role) =>
      readerOf(organisation, role),
    ),
  ),
];

// Who reads what, written out independently of the policies.

const isOwn = (reader: Reader): boolean =>
  reader.kind === 'person' &&
  reader.organisation === 'fi' &&
  ['coordinator', 'liaison', 'service'].includes(reader.role);

const runs = (reader: Reader, ...organisations: readonly string[]): boolean =>
  reader.kind === 'person' &&
  organisations.includes(reader.organisation) &&
  ['coordinator', 'service'].includes(reader.role);

const fields =
  'formalities(group: "nbnp:demo-group-2") { kind status on note } travelNeeds { diet access emergencyContact }';
const paths = (id: string): readonly string[] => [
  `{ it: officer(id: "${id}") { ${fields} } }`,
  `{ it: _entities(representations: [{ __typename: "Officer", id: "${id}" }]) { ... on Officer { ${fields} } } }`,
];

function openAt(moment: Moment): Promise<TestPartner> {
  const { askHub } = createFactsHub(() => ({
    visits: [{ ...visit, ...moment.visit }],
    members: [{ id: 'fi:demo-officer-3' }],
    coordinatingOffice: { id: 'ncm:led' },
  }));
  const clock = () => new Date(`${moment.today}T12:00:00Z`);
  return openTestPolice(sqlite, 'fi', 'demonstration', { askHub, clock });
}

async function read(partner: TestPartner, reader: Reader, id: string) {
  const results = [];
  for (const path of paths(id)) {
    const { data, errors } = await partner.ask(path, {}, reader);
    const [it] = [data?.['it'] ?? null].flat() as (Record<string, unknown> | null)[];
    for (const { extensions } of errors ?? []) expect(extensions.code).toBe('FORBIDDEN');
    results.push({ formalities: it?.['formalities'] ?? null, needs: it?.['travelNeeds'] ?? null });
  }
  return results;
}

describe('the formalities and travel needs of an officer', () => {
  it.each(Object.entries(moments))('are read %s by whom the table names', async (_, moment) => {
    await using partner = await openAt(moment);
    for (const reader of readers) {
      const place = JSON.stringify(reader);
      for (const { formalities, needs } of await read(partner, reader, 'fi:demo-officer-3')) {
        const readsFormalities = isOwn(reader) || runs(reader, 'nbnp', 'ncm');
        const readsNeeds =
          isOwn(reader) || runs(reader, 'nbnp') || (moment.isNear && runs(reader, 'ncm'));
        expect(formalities !== null, place).toBe(readsFormalities);
        expect(needs !== null, place).toBe(readsNeeds);
      }
      for (const { formalities, needs } of await read(partner, reader, 'fi:demo-officer-4')) {
        expect(formalities, place).toEqual(isOwn(reader) ? [] : null);
        expect(needs, place).toBeNull();
      }
    }
  });
});
