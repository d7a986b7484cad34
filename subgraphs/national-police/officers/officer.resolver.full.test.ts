import 'reflect-metadata';

import { pagination } from '@hub/shared/database';
import { bothDatabases, sqlite, testDatabases, type TestPartner } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { openTestPolice } from '../testing/test-partner.js';
import { officerRow, unitRow } from '../testing/test-rows.js';

interface OfficerPage {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number;
  readonly countAtLeast: number;
}
const page = `nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  totalCount countAtLeast`;

async function readPage(police: TestPartner, variables: object): Promise<OfficerPage> {
  const { officers } = await police.read<{ officers: OfficerPage }>(
    `query ($filter: OfficerFilter, $first: Int, $after: String) {
       officers(filter: $filter, first: $first, after: $after) { ${page} }
     }`,
    { ...variables },
  );
  return officers;
}

async function readUnitPage(police: TestPartner, variables: object): Promise<OfficerPage> {
  const { policeUnit } = await police.read<{ policeUnit: { officers: OfficerPage } }>(
    `query ($first: Int, $after: String) {
       policeUnit(id: "no:police") { officers(first: $first, after: $after) { ${page} } }
     }`,
    { ...variables },
  );
  return policeUnit.officers;
}

/** Ids by code points; U+FB01 comes before an emoji there, and after it where UTF-16 is compared. */
const oddIds = ['-', '1', '10', '2', 'A', 'Z', 'a', 'z', 'Ä', 'å', 'ł', '\uFB01', '\u{1F46E}'].map(
  (id) => `no:${id}`,
);

async function insertOdd({ source: { manager } }: TestPartner): Promise<void> {
  await manager.insert(
    PoliceUnit,
    ['no:police', 'no:other'].map((id) => unitRow({ id, country: 'NO' })),
  );
  await manager.insert(
    Officer,
    oddIds.toReversed().map((id) => officerRow({ id, unitId: 'no:police' })),
  );
  await manager.insert(
    Officer,
    officerRow({ id: 'no:m', unitId: 'no:other', targetGroup: 'COURT' }),
  );
}

describe.each(bothDatabases)('Officer pages on $name', (kind) => {
  it.each([
    [
      'Query.officers',
      (police: TestPartner, variables: object) =>
        readPage(police, { ...variables, filter: { unit: 'no:police' } }),
    ],
    ['PoliceUnit.officers', readUnitPage],
  ] as const)('returns each row once in %s, with every page size', async (_, read) => {
    await using police = await openTestPolice(kind, 'no', 'nothing');
    await insertOdd(police);
    for (let first = 1; first <= oddIds.length + 1; first += 1) {
      const seen: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const answer: OfficerPage = await read(police, { first, after });
        const { nodes, edges, pageInfo, totalCount, countAtLeast } = answer;
        expect(nodes.length).toBeLessThanOrEqual(first);
        expect(edges.map(({ cursor }) => cursor)).toEqual(
          nodes.map(({ id }) => pagination.encodeCursor([id])),
        );
        expect(pageInfo.hasPreviousPage).toBe(after !== null);
        expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([
          edges[0]!.cursor,
          edges.at(-1)!.cursor,
        ]);
        expect([totalCount, countAtLeast]).toEqual([oddIds.length, oddIds.length]);
        seen.push(...nodes.map(({ id }) => id));
        after = pageInfo.endCursor;
        more = pageInfo.hasNextPage;
      }
      expect(seen).toEqual(oddIds);
    }
  });

  it('continues from a cursor of another police force, or after the last row', async () => {
    await using police = await openTestPolice(kind, 'no', 'nothing');
    await insertOdd(police);
    const after = (id: string) => readPage(police, { after: pagination.encodeCursor([id]) });
    expect((await after('dk:officer-1')).nodes).toHaveLength(oddIds.length + 1);
    expect(await after('se:officer-1')).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
      totalCount: oddIds.length + 1,
    });
    expect((await readPage(police, { first: null })).nodes).toHaveLength(oddIds.length + 1);
  });
});

describe.each(bothDatabases)('Query.officers on $name', (kind) => {
  it('is filtered by country, unit, target group and language', async () => {
    await using police = await openTestPolice(kind, 'fi');
    const ids = async (filter: object) => {
      const { nodes, totalCount } = await readPage(police, {
        filter: { rehearsals: true, ...filter },
      });
      expect(totalCount).toBe(nodes.length);
      return nodes.map(({ id }) => Number(id.slice(-1)));
    };
    expect(await ids({ country: 'FI' })).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await ids({ country: 'NO' })).toEqual([]);
    expect(await ids({ unit: 'fi:npb' })).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await ids({ unit: 'fi:ccp' })).toEqual([]);
    expect(await ids({ unit: 'no:police' })).toEqual([]);
    expect(await ids({ targetGroup: 'PROSECUTION' })).toEqual([4]);
    expect(await ids({ language: 'ru' })).toEqual([2, 5]);
    expect(await ids({ language: 'da' })).toEqual([]);
    expect(
      await ids({ language: 'ru', targetGroup: 'POLICE', country: 'FI', unit: 'fi:npb' }),
    ).toEqual([2, 5]);
    expect(
      await ids({ country: null, unit: null, targetGroup: null, language: null }),
    ).toHaveLength(6);
  });
});

describe.each(testDatabases)('Officer on $name', (kind) => {
  it('has all data of its police force', async () => {
    await using police = await openTestPolice(kind, 'is');
    const { officer, other } = await police.read(
      `{ officer(id: "is:demo-officer-1") {
           email rank unit { id } targetGroup country languages version
           nominations { id groupId nominatedOn withdrawnOn version officer { id } }
           report { id group visit } }
         other: officer(id: "fi:demo-officer-1") { id } }`,
    );
    expect(other).toBeNull();
    expect(officer).toMatchObject({
      rank: 'Superintendent',
      unit: { id: 'is:rls' },
      targetGroup: 'POLICE',
      country: 'IS',
      languages: ['is', 'en'],
      version: 1,
      nominations: [
        {
          id: 'is:demo-nomination-4-1',
          groupId: 'nbnp:demo-group-4',
          nominatedOn: '2024-09-02',
          withdrawnOn: null,
          version: 1,
          officer: { id: 'is:demo-officer-1' },
        },
      ],
      report: { id: 'is:demo-report-4-1', group: 'nbnp:demo-group-4', visit: 'nbnp:demo-visit-4' },
    });
  });

  it('has the latest report, or null without a report', async () => {
    await using police = await openTestPolice(kind, 'no', 'nothing');
    const { manager } = police.source;
    await insertOdd(police);
    const report = { officerId: 'no:1', groupId: 'nbnp:g', text: null };
    await manager.insert(ParticipantReport, [
      { ...report, id: 'no:b', visitId: 'nbnp:v1', receivedOn: '2025-04-02' },
      { ...report, id: 'no:a', visitId: 'nbnp:v2', receivedOn: '2025-04-02' },
      { ...report, id: 'no:c', visitId: 'nbnp:v3', receivedOn: '2025-03-28' },
    ]);
    await manager.insert(OfficerNomination, {
      id: 'no:n',
      groupId: 'nbnp:g',
      officerId: 'no:1',
      nominatedOn: '2024-09-02',
    });
    await manager.insert(OfficerLanguage, { officerId: 'no:1', language: 'nb', position: 0 });
    const { reported, silent } = await police.read(
      '{ reported: officer(id: "no:1") { report { id } } silent: officer(id: "no:2") { report { id } languages nominations { id } } }',
    );
    expect(reported).toEqual({ report: { id: 'no:b' } });
    expect(silent).toEqual({ report: null, languages: [], nominations: [] });
  });
});

const bad: [what: string, query: string][] = [
  ['a page of none', '{ officers(first: 0) { nodes { id } } }'],
  ['a page of too many', '{ officers(first: 1001) { nodes { id } } }'],
  ['a negative page', '{ experts(first: -1) { nodes { id } } }'],
  [
    'a page of too many in a unit',
    '{ policeUnit(id: "no:police") { officers(first: 1001) { nodes { id } } } }',
  ],
  ['a cursor that is none', '{ officers(after: "nonsense") { nodes { id } } }'],
  [
    'a cursor that is none in a unit',
    '{ policeUnit(id: "no:police") { officers(after: "") { nodes { id } } } }',
  ],
  [
    'a cursor of another list',
    `{ officers(after: "${pagination.encodeCursor(['NO', 'no:1'])}") { nodes { id } } }`,
  ],
  [
    'a cursor of unknown keys',
    `{ officers(after: "${pagination.encodeCursor([null])}") { nodes { id } } }`,
  ],
  ['a country that is none', '{ officers(filter: { country: "Norway" }) { nodes { id } } }'],
  ['a language that is none', '{ officers(filter: { language: "no language" }) { nodes { id } } }'],
  ['a day that is none', '{ policeUnits(filter: { on: "2009-02-29" }) { id } }'],
  [
    'an instant that is none',
    '{ policeDisclosures(country: "NO", from: "yesterday") { nodes { id } } }',
  ],
];

describe.each(testDatabases)('BAD_USER_INPUT on $name', (kind) => {
  it('refuses values out of range or of an invalid form', async () => {
    await using police = await openTestPolice(kind, 'no', 'facts');
    for (const [what, query] of bad) {
      const { errors, data } = await police.ask(query);
      expect(
        errors?.map(({ extensions }) => extensions.code),
        what,
      ).toEqual(['BAD_USER_INPUT']);
      expect(
        Object.values(data ?? { nothing: null }).every(
          (value) => value === null || 'officers' in (value as object),
        ),
        what,
      ).toBe(true);
    }
  });
});

describe('FORBIDDEN', () => {
  it('returns null for the disclosures of this caller', async () => {
    await using police = await openTestPolice(sqlite, 'no', 'facts');
    const { data, errors } = await police.ask(
      '{ policeDisclosures(country: "NO") { nodes { id } } policeUnits { id } }',
    );
    expect(data).toMatchObject({ policeDisclosures: null, policeUnits: [{}, {}, {}] });
    expect(errors).toMatchObject([
      { path: ['policeDisclosures'], extensions: { code: 'FORBIDDEN' } },
    ]);
  });
});
