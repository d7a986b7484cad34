import 'reflect-metadata';

import type { Reader } from '@hub/shared/identity';
import {
  createFactsHub,
  journeyMoments,
  readerOf,
  testDatabases,
  visitAt,
  type JourneyMoment,
  type TestDatabaseKind,
  type TestPartner,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openTestOffices } from '../testing/test-partner.js';

const [sqlite] = testDatabases as [TestDatabaseKind];

const readers: readonly Reader[] = [
  { kind: 'anonymous' },
  ...['ncm', 'nbnp', 'fi', 'no'].flatMap((organisation) =>
    (['analyst', 'coordinator', 'liaison', 'auditor', 'service'] as const).map((role) =>
      readerOf(organisation, role),
    ),
  ),
];

// Who reads what, written out independently of the policies.

const isOwn = (reader: Reader): boolean =>
  reader.kind === 'person' &&
  reader.organisation === 'ncm' &&
  ['coordinator', 'liaison', 'service'].includes(reader.role);

const runs = (reader: Reader, ...organisations: readonly string[]): boolean =>
  reader.kind === 'person' &&
  organisations.includes(reader.organisation) &&
  ['coordinator', 'service'].includes(reader.role);

const fields =
  'formalities(group: "nbnp:demo-group-1") { kind status on note } travelNeeds { diet access emergencyContact }';
const paths = (id: string): readonly string[] => [
  `{ it: delegate(id: "${id}") { ${fields} } }`,
  `{ it: _entities(representations: [{ __typename: "Delegate", id: "${id}" }]) { ... on Delegate { ${fields} } } }`,
];

function openAt(moment: JourneyMoment): Promise<TestPartner> {
  const { askHub } = createFactsHub(() => ({ visits: [visitAt(moment, ['FI', 'EE'])] }));
  const clock = () => new Date(`${moment.today}T12:00:00Z`);
  return openTestOffices(sqlite, 'demonstration', { askHub, clock });
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

describe('the formalities and travel needs of a delegate', () => {
  it.each(Object.entries(journeyMoments))(
    'are read %s by whom the table names',
    async (_, moment) => {
      await using partner = await openAt(moment);
      for (const reader of readers) {
        const place = JSON.stringify(reader);
        for (const { formalities, needs } of await read(partner, reader, 'ncm:demo-delegate-1')) {
          const readsFormalities = isOwn(reader) || runs(reader, 'nbnp');
          const readsNeeds =
            isOwn(reader) || runs(reader, 'nbnp') || (moment.isNear && runs(reader, 'fi'));
          expect(formalities !== null, place).toBe(readsFormalities);
          expect(needs !== null, place).toBe(readsNeeds);
        }
        for (const { formalities, needs } of await read(partner, reader, 'ncm:demo-delegate-13')) {
          expect(formalities, place).toEqual(isOwn(reader) ? [] : null);
          expect(needs, place).toBeNull();
        }
      }
    },
  );
});
