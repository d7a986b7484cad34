import { anonymous, type Reader } from '@hub/shared/identity';
import { codes } from '@hub/shared/policy';
import {
  bothDatabases,
  pageThrough,
  readerOf,
  testDatabases,
  type TestPartner,
} from '@hub/shared/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Expert } from '../entities/expert.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { openTestPolice } from '../testing/test-partner.js';
import { officerRow, unitRow } from '../testing/test-rows.js';

/** Names that a language, or UTF-16, would sort otherwise; two the same, one erased, one a number. */
const names = ['Åbo', 'zo', 'Zo', '\uFB01', '\u{1F46E}', 'Ä', null, 'Zo', '10', '9', "'"];
const groups = ['POLICE', 'CUSTOMS', 'COURT'] as const;

async function openPeople(kind: (typeof testDatabases)[number], of: readonly (string | null)[]) {
  const police = await openTestPolice(kind, 'se', 'nothing');
  const { manager } = police.source;
  await manager.insert(PoliceUnit, unitRow({ id: 'se:unit', country: 'SE' }));
  for (const [index, name] of of.entries()) {
    const targetGroup = groups[index % groups.length] ?? 'POLICE';
    const row = officerRow({ id: `se:${index}`, unitId: 'se:unit', name, targetGroup });
    await manager.insert(Officer, row);
    const { id, unitId, email, isRehearsal, version } = row;
    await manager.insert(Expert, { id, unitId, email, isRehearsal, version, name });
  }
  return police;
}

const lists = ['officers', 'experts'] as const;
type List = (typeof lists)[number];
const staff = readerOf('se', 'liaison');

const ask = (
  police: TestPartner,
  list: List,
  { order, page }: { readonly order: string; readonly page: string },
  reader: Reader = staff,
  filter = '{ country: "SE" }',
) =>
  police.ask(
    `{ ${list}(${page}, orderBy: ${order}, filter: ${filter}) { nodes { id } totalCount pageInfo { endCursor } } }`,
    {},
    reader,
  );

const readPages = (
  police: TestPartner,
  list: List,
  order: string,
  size: number,
  isBackwards: boolean,
): Promise<string[]> => {
  const given = `orderBy: ${order}, filter: { country: "SE" }`;
  return pageThrough(police, { list, given }, { size, isBackwards }, staff);
};

const compare = (one: string, other: string) =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));

/** By code points, no name last, then by id. */
const sorted = (all: readonly (string | null)[], keyOf: (index: number) => string | null) =>
  all
    .map((_, index) => ({ id: `se:${index}`, key: keyOf(index) }))
    .toSorted((one, other) => {
      if (one.key === other.key) return compare(one.id, other.id);
      if (one.key === null || other.key === null) return one.key === null ? 1 : -1;
      return compare(one.key, other.key);
    })
    .map(({ id }) => id);

describe.each(bothDatabases)('OfficerOrder and ExpertOrder on $name', (kind) => {
  it.each(lists)('sort %s by name, on pages of any size, in both directions', async (list) => {
    await using police = await openPeople(kind, names);
    const expected = sorted(names, (index) => names[index] ?? null);
    for (const size of [1, 3, names.length, 1000])
      for (const isBackwards of [false, true])
        expect(await readPages(police, list, 'NAME', size, isBackwards)).toEqual(expected);
  });

  it('sort whatever is drawn', async () => {
    await using police = await openPeople(kind, names);
    const { manager } = police.source;
    const text = fc.oneof(fc.constant(null), fc.string({ unit: 'grapheme', minLength: 1 }));
    const drawn = fc.array(
      text.filter((name) => !name?.includes('\0')),
      {
        minLength: names.length,
        maxLength: names.length,
      },
    );
    await fc.assert(
      fc.asyncProperty(drawn, fc.integer({ min: 1, max: 5 }), async (all, size) => {
        for (const [index, name] of all.entries())
          for (const entity of [Officer, Expert])
            await manager.update<Officer | Expert>(entity, `se:${index}`, { name });
        const expected = sorted(all, (index) => all[index] ?? null);
        for (const list of lists)
          expect(await readPages(police, list, 'NAME', size, size % 2 > 0)).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });

  it('sort officers by target group', async () => {
    await using police = await openPeople(kind, names);
    const expected = sorted(names, (index) => groups[index % groups.length] ?? null);
    for (const size of [1, 4, 1000])
      for (const isBackwards of [false, true])
        expect(await readPages(police, 'officers', 'TARGET_GROUP', size, isBackwards)).toEqual(
          expected,
        );
  });

  it('need the country for names, and record a reading of the name of each row', async () => {
    await using police = await openPeople(kind, names);
    for (const list of lists) {
      const asked = { order: 'NAME', page: 'first: 4' };
      const { errors = [] } = await ask(police, list, asked, staff, '{ rehearsals: true }');
      const extensions = { code: 'BAD_USER_INPUT', argument: 'filter.country' };
      expect(errors).toMatchObject([{ extensions }]);
      await ask(police, list, asked);
      // No name is read of one who was erased, who comes last.
      await ask(police, list, { order: 'NAME', page: 'last: 3' });
    }
    const { policeDisclosures } = await police.read(
      '{ policeDisclosures(country: "SE") { nodes { type fields records } } }',
      {},
      readerOf('se', 'auditor'),
    );
    const readings = ['Expert', 'Officer'].flatMap((type) =>
      [2, 4].map((records) => ({ type, fields: ['name'], records })),
    );
    expect(policeDisclosures).toEqual({ nodes: readings });
  });
});

describe.each(testDatabases)('people by name on $name', (kind) => {
  const roles = ['coordinator', 'liaison', 'analyst', 'auditor', 'service'] as const;
  const others = [
    anonymous,
    readerOf('se', 'analyst'),
    readerOf('se', 'auditor'),
    ...['nbnp', 'ncm', ...codes.policeCodes.filter((code) => code !== 'se')].flatMap((code) =>
      roles.map((role) => readerOf(code, role)),
    ),
  ];

  it('are refused to all but own staff, whatever the names are', async () => {
    await using one = await openPeople(kind, names);
    await using other = await openPeople(kind, names.toReversed());
    for (const list of lists)
      for (const reader of others) {
        const asked = { order: 'NAME', page: 'first: 2' };
        const [found, differently] = await Promise.all(
          [one, other].map((police) => ask(police, list, asked, reader)),
        );
        expect(found?.data?.[list]).toBeNull();
        expect(found?.errors?.map(({ extensions: { code } }) => code)).toEqual(['FORBIDDEN']);
        expect(found).toEqual(differently);
      }
  });

  it('have cursors of their own, which no other order takes', async () => {
    await using police = await openPeople(kind, names);
    const orders = { officers: ['ID', 'NAME', 'TARGET_GROUP'], experts: ['ID', 'NAME'] };
    for (const list of lists)
      for (const order of orders[list]) {
        const { data } = await ask(police, list, { order, page: 'first: 1' });
        const { endCursor } = (data?.[list] as { pageInfo: { endCursor: string } }).pageInfo;
        for (const foreign of orders[list].filter((name) => name !== order)) {
          const page = `after: "${endCursor}"`;
          const { errors } = await ask(police, list, { order: foreign, page });
          const extensions = { code: 'BAD_USER_INPUT', argument: 'after' };
          expect(errors, `${order} in ${foreign}`).toMatchObject([{ extensions }]);
        }
      }
  });
});
