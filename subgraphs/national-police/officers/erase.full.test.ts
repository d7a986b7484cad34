import {
  bothDatabases,
  readerOf,
  type TestDatabaseKind,
  type TestPartner,
} from '@hub/shared/testing';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestPolice } from '../testing/test-partner.js';

const group = { __typename: 'Group', id: 'nbnp:demo-group-4' };

const readCounts = async (police: TestPartner) => ({
  counts: await police.entities(
    [group],
    '... on Group { officerNominationCount officerReportsReceived officerNominations { id } }',
  ),
  lists: await police.read(
    '{ officers(filter: { rehearsals: true }) { totalCount } experts(filter: { rehearsals: true }) { totalCount } }',
  ),
});

/** Every text of every table of a database. */
async function readAll({ source }: TestPartner): Promise<string> {
  const rows = await Promise.all(
    source.entityMetadatas.map(({ tablePath }) => source.query(`SELECT * FROM "${tablePath}"`)),
  );
  return JSON.stringify(rows);
}

/** All the bytes of a SQLite database: its file, and its log. */
async function readFiles({ source }: TestPartner): Promise<string> {
  const folder = dirname(String(source.options.database));
  const files = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name))),
  );
  return Buffer.concat(files).toString('utf8');
}

const eraseOfficer = (police: TestPartner, id: string) =>
  police.read('mutation ($id: ID!) { erased: eraseOfficer(id: $id) }', { id });

const eraseExpert = (police: TestPartner, id: string) =>
  police.read('mutation ($id: ID!) { erased: eraseExpert(id: $id) }', { id });

const officerFields =
  'name email rank targetGroup languages version unit { id } nominations { id motivation version } report { id receivedOn text }';

describe.each(bothDatabases)('Mutation.eraseOfficer on $name', (kind) => {
  it('removes the officer’s personal data and texts, and does not change counts', async () => {
    await using police = await openTestPolice(kind, 'fi');
    const query = `{ officer(id: "fi:demo-officer-1") { ${officerFields} } other: officer(id: "fi:demo-officer-2") { ${officerFields} } }`;
    const { officer, other } =
      await police.read<
        Record<string, { name: string; email: string; report: { receivedOn: string } }>
      >(query);
    const before = await readCounts(police);
    expect(await eraseOfficer(police, 'fi:demo-officer-1')).toEqual({ erased: true });
    expect(await police.read(query)).toEqual({
      officer: {
        name: null,
        email: null,
        rank: null,
        targetGroup: 'POLICE',
        languages: ['fi', 'sv', 'en'],
        version: 2,
        unit: { id: 'fi:npb' },
        nominations: [{ id: 'fi:demo-nomination-4-1', motivation: null, version: 2 }],
        report: { id: 'fi:demo-report-4-1', receivedOn: officer?.report.receivedOn, text: null },
      },
      other,
    });
    expect(await readCounts(police)).toEqual(before);
    const all = await readAll(police);
    for (const gone of [officer?.name, officer?.email]) expect(all).not.toContain(gone);
    expect(all).toContain(other?.name);
  });

  it('can be repeated, and is false for an unknown officer', async () => {
    await using police = await openTestPolice(kind, 'fi');
    await eraseOfficer(police, 'fi:demo-officer-1');
    const read = () => police.read('{ officer(id: "fi:demo-officer-1") { version name } }');
    const once = await read();
    expect(await eraseOfficer(police, 'fi:demo-officer-1')).toEqual({ erased: true });
    expect(await read()).toEqual(once);
    for (const id of ['fi:nobody', 'no:demo-officer-1', '', 'fi:\0', 'fi:demo-expert-1']) {
      expect(await eraseOfficer(police, id), id).toEqual({ erased: false });
    }
  });

  it('erases many at the same time, each completely', async () => {
    await using police = await openTestPolice(kind, 'fi');
    const ids = [1, 2, 3, 4, 5, 6].map((number) => `fi:demo-officer-${number}`);
    const answers = await Promise.all(ids.map((id) => eraseOfficer(police, id)));
    expect(answers).toEqual(ids.map(() => ({ erased: true })));
    const { officers } = await police.read(
      '{ officers(filter: { rehearsals: true }) { nodes { name email rank } } }',
    );
    expect(officers).toEqual({ nodes: ids.map(() => ({ name: null, email: null, rank: null })) });
  });

  it.each(['ID', 'NAME'])('follows a cursor that was taken before, by %s', async (order) => {
    await using police = await openTestPolice(kind, 'fi');
    const query = `query ($first: Int!, $after: String) {
      officers(
        orderBy: ${order}, filter: { country: "FI", rehearsals: true }, first: $first, after: $after
      ) { nodes { id name } pageInfo { endCursor } }
    }`;
    const read = async (first: number, after: string | null = null) => {
      const { officers } = await police.read<{
        officers: { nodes: { id: string }[]; pageInfo: { endCursor: string } };
      }>(query, { first, after });
      return officers;
    };
    const { nodes: all } = await read(50);
    const { pageInfo } = await read(2);
    // The last one of that page, whom the cursor may name, and the next one.
    const erased = all.slice(1, 3).map(({ id }) => ({ id, name: null }));
    for (const { id } of erased) await eraseOfficer(police, id);
    const rest = all.slice(3);
    const byId = erased.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    // Who has no name comes last.
    const expected = order === 'ID' ? [...erased.slice(1), ...rest] : [...rest, ...byId];
    expect((await read(50, pageInfo.endCursor)).nodes).toEqual(expected);
  });
});

describe.each(bothDatabases)('Mutation.eraseExpert on $name', (kind) => {
  it('removes the expert’s personal data, and does not change counts', async () => {
    await using police = await openTestPolice(kind, 'lv');
    const query =
      '{ expert(id: "lv:demo-expert-1") { name email country roles languages fields } }';
    const { expert } = await police.read<{ expert: Record<'name' | 'email', string> }>(query);
    const before = await readCounts(police);
    expect(await eraseExpert(police, 'lv:demo-expert-1')).toEqual({ erased: true });
    expect(await eraseExpert(police, 'lv:demo-expert-1')).toEqual({ erased: true });
    for (const id of ['lv:nobody', 'lv:\0']) {
      expect(await eraseExpert(police, id)).toEqual({ erased: false });
    }
    expect(await police.read(query)).toEqual({ expert: { ...expert, name: null, email: null } });
    expect(await readCounts(police)).toEqual(before);
    const all = await readAll(police);
    for (const gone of [expert.name, expert.email]) expect(all).not.toContain(gone);
  });
});

describe('Mutation.eraseOfficer in a file', () => {
  it('leaves no text of the person in the database or its log', async () => {
    await using police = await openTestPolice(bothDatabases[0] as TestDatabaseKind, 'fi');
    const { officer } = await police.read<{ officer: { name: string; email: string } }>(
      '{ officer(id: "fi:demo-officer-1") { name email } }',
    );
    expect(await readFiles(police)).toContain(officer.email);
    await eraseOfficer(police, 'fi:demo-officer-1');
    const bytes = await readFiles(police);
    for (const gone of [officer.name, officer.email]) expect(bytes).not.toContain(gone);
  });
});

describe('FORBIDDEN', () => {
  it.each([
    ['an analyst of the same police force', readerOf('fi', 'analyst')],
    ['a liaison of the same police force', readerOf('fi', 'liaison')],
    ['an auditor of the same police force', readerOf('fi', 'auditor')],
    ['a server of the same police force', readerOf('fi', 'service')],
    ['a co-ordinator of another police force', readerOf('no', 'coordinator')],
    ['a co-ordinator of the network', readerOf('nbnp', 'coordinator')],
    ['a co-ordinator of the offices', readerOf('ncm', 'coordinator')],
    ['the anonymous', { kind: 'anonymous' } as const],
  ])('refuses an erasure by %s, whether the person exists or not', async (_, reader) => {
    await using police = await openTestPolice(
      bothDatabases[0] as TestDatabaseKind,
      'fi',
      'demonstration',
      { reader },
    );
    const before = await readAll(police);
    for (const id of ['fi:demo-officer-1', 'fi:nobody']) {
      for (const field of ['eraseOfficer', 'eraseExpert']) {
        expect(
          await police.ask(`mutation ($id: ID!) { erased: ${field}(id: $id) }`, { id }),
        ).toMatchObject({
          data: { erased: null },
          errors: [{ path: ['erased'], extensions: { code: 'FORBIDDEN' } }],
        });
      }
    }
    expect(await readAll(police)).toBe(before);
  });
});
