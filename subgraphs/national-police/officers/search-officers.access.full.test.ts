// cspell:disable: names of people
import { anonymous, type tokens } from '@hub/shared/identity';
import { codes } from '@hub/shared/policy';
import { bothDatabases, readerOf, testDatabases, type TestPartner } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Expert } from '../entities/expert.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { openTestPolice } from '../testing/test-partner.js';
import { officerRow, unitRow } from '../testing/test-rows.js';

const names = ['Kai Ström', 'Inga Ozoliņa', 'Kaisa Ström-Berg', null];

async function openNamed(kind: (typeof testDatabases)[number], first = names[0]) {
  const police = await openTestPolice(kind, 'se', 'nothing');
  const { manager } = police.source;
  await manager.insert(PoliceUnit, unitRow({ id: 'se:unit', country: 'SE' }));
  for (const [index, name] of [first, ...names.slice(1)].entries()) {
    const row = officerRow({ id: `se:${index}`, unitId: 'se:unit', name: name ?? null });
    await manager.insert(Officer, row);
    const { id, unitId, email, isRehearsal, version } = row;
    await manager.insert(Expert, { id, unitId, email, isRehearsal, version, name: name ?? null });
  }
  return police;
}

const lists = ['officers', 'experts'] as const;
const typeOf = { officers: 'OfficerFilter', experts: 'ExpertFilter' } as const;

const ask = (
  police: TestPartner,
  list: (typeof lists)[number],
  filter: object,
  reader = readerOf('se', 'liaison'),
) =>
  police.ask(
    `query ($filter: ${typeOf[list]}) { ${list}(filter: $filter) { nodes { id } totalCount } }`,
    { filter },
    reader,
  );

describe.each(bothDatabases)('OfficerFilter.search and ExpertFilter.search on $name', (kind) => {
  it.each(lists)(
    'finds %s by a part of the name, in any case, with marks or without',
    async (list) => {
      await using police = await openNamed(kind);
      const find = async (search: string) => {
        const { data } = await ask(police, list, { country: 'SE', search });
        return (data?.[list] as { nodes: { id: string }[] }).nodes.map(({ id }) => id);
      };
      expect(await find('STROM')).toEqual(['se:0', 'se:2']);
      expect(await find('ström')).toEqual(['se:0', 'se:2']);
      expect(await find('ozolina')).toEqual(['se:1']);
      expect(await find('%')).toEqual([]);
      expect(await find("'")).toEqual([]);
      // An erased person has no name, so no text finds her.
      expect(await find('a')).toEqual(['se:0', 'se:1', 'se:2']);
    },
  );

  it.each(lists)('needs the country for %s, and records who matched', async (list) => {
    await using police = await openNamed(kind);
    const { errors = [] } = await ask(police, list, { search: 'Kai' });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'filter.country',
    });
    await ask(police, list, { country: 'SE', search: 'kai' });
    const { policeDisclosures } = await police.read(
      '{ policeDisclosures(country: "SE") { nodes { type fields records } } }',
      {},
      readerOf('se', 'auditor'),
    );
    const type = list === 'officers' ? 'Officer' : 'Expert';
    expect(policeDisclosures).toEqual({ nodes: [{ type, fields: ['name'], records: 2 }] });
  });
});

describe.each(testDatabases)('a search of names on $name', (kind) => {
  const roles: tokens.Role[] = ['coordinator', 'liaison', 'analyst', 'auditor', 'service'];
  const readers = [
    anonymous,
    ...['nbnp', 'ncm', ...codes.policeCodes].flatMap((organisation) =>
      roles.map((role) => readerOf(organisation, role)),
    ),
  ];
  const isOwnStaff = (reader: (typeof readers)[number]) =>
    reader.kind === 'person' &&
    reader.organisation === 'se' &&
    ['coordinator', 'liaison', 'service'].includes(reader.role);

  it('is refused to all but own staff, whoever has that name', async () => {
    await using one = await openNamed(kind);
    await using other = await openNamed(kind, 'Somebody Else');
    for (const list of lists) {
      for (const reader of readers) {
        const filter = { country: 'SE', search: 'Kai Ström' };
        const [found, differently] = await Promise.all(
          [one, other].map((police) => ask(police, list, filter, reader)),
        );
        if (isOwnStaff(reader)) {
          expect(found?.data?.[list]).toEqual({ nodes: [{ id: 'se:0' }], totalCount: 1 });
          expect(differently?.data?.[list]).toEqual({ nodes: [], totalCount: 0 });
          continue;
        }
        expect(found?.errors?.map(({ extensions: { code } }) => code)).toEqual(['FORBIDDEN']);
        expect(found?.data?.[list]).toBeNull();
        expect(found).toEqual(differently);
      }
    }
  });
});
