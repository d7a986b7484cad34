// cspell:ignore Olde
import { appendFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../database/data-source.js';
import { bothDatabases, type TestDatabaseKind } from '../testing/databases.js';
import { entities, openTestImport, Person, Unit, units, type TestImport } from './test-people.js';
import { createWorkbook, toSheet } from './xlsx/test-workbook.js';

const header = 'id,name,email,unit,sector,sinceOn,languages';
const table = (...rows: string[]): string => `${[header, ...rows].join('\n')}\n`;

const anna = 'anna,Anna Åberg,anna@example.org,root,POLICE,2009-09-13,sv; en';
const bo = 'dk:bo,Bo,,dk:root,border control,,';
const annaRow = {
  id: 'dk:anna',
  name: 'Anna Åberg',
  email: 'anna@example.org',
  unitId: 'dk:root',
  sector: 'POLICE',
  sinceOn: '2009-09-13',
  version: 1,
  remark: null,
  languages: ['sv', 'en'],
};
const boRow = {
  ...annaRow,
  id: 'dk:bo',
  name: 'Bo',
  email: null,
  sector: 'BORDER_CONTROL',
  sinceOn: null,
  languages: [],
};

const counts = (added: number, changed: number, unchanged: number, faults = 0) => ({
  rows: added + changed + unchanged,
  added,
  changed,
  unchanged,
  faults,
});

describe.each(bothDatabases)('importFile on $name', (kind) => {
  it('adds new records, and changes nothing the second time', async () => {
    await using test = await openTestImport(kind);
    expect(await test.load(table(anna, bo))).toEqual({ summary: counts(2, 0, 0), faults: [] });
    expect(await test.readPeople()).toEqual([annaRow, boRow]);
    expect(await test.load(table(bo, anna))).toEqual({ summary: counts(0, 0, 2), faults: [] });
    expect(await test.readPeople()).toEqual([annaRow, boRow]);
  });

  it('updates changed records, also if only a list changed, and deletes nothing', async () => {
    await using test = await openTestImport(kind);
    await test.load(table(anna, bo));
    await test.source.getRepository(Person).update({ id: 'dk:bo' }, { remark: 'kept' });
    const { summary } = await test.load(
      table(
        'bo,Bo Ek,,root,POLICE,,',
        'anna,Anna Åberg,anna@example.org,root,POLICE,2009-09-13,en;sv',
      ),
    );
    expect(summary).toEqual(counts(0, 2, 0));
    expect(await test.readPeople()).toEqual([
      { ...annaRow, languages: ['en', 'sv'], version: 2 },
      { ...boRow, name: 'Bo Ek', sector: 'POLICE', version: 2, remark: 'kept' },
    ]);
    const rest = table(
      'cleo,Cleo,,root,POLICE,,',
      'anna,Anna Åberg,anna@example.org,root,POLICE,2009-09-13,en;sv',
    );
    expect((await test.load(rest)).summary).toEqual(counts(1, 0, 1));
    expect(await test.readPeople()).toHaveLength(3);
  });

  it('lists every error by row and column without its value, and writes nothing', async () => {
    await using test = await openTestImport(kind);
    const content = table(
      anna,
      ',Secret,secret@,nowhere,SECRET,2009-02-29,en;Secret_;',
      '',
      'no:x,,,root,POLICE,,en;en',
      'anna,Secret,,root,POLICE,,',
      'x y,Secret,,root,POLICE,13.9.2009,,extra',
    );
    const faults = [
      'row 3, column id: is empty',
      'row 3, column email: is no EmailAddress. An e-mail address as in RFC 5322, without comments.',
      'row 3, column unit: refers to an unknown unit',
      'row 3, column sector: must be one of POLICE, BORDER_CONTROL',
      'row 3, column sinceOn: is no Date. ISO 8601 calendar date: 2009-09-13.',
      'row 3, column languages: is no LanguageTag. BCP 47.',
      'row 5, column id: is not an id of dk',
      'row 5, column name: is empty',
      'row 5, column languages: has a repeated value',
      'row 6, column id: is also the id of row 2',
      'row 7, column id: must be an id: letters, digits, “.”, “_” and “-”, at most 100',
      'row 7, column sinceOn: is no Date. ISO 8601 calendar date: 2009-09-13.',
      'row 7, column H: has no name in row 1',
    ];
    for (const dryRun of [true, false]) {
      const result = await test.load(content, { dryRun });
      expect(result.faults).toEqual(faults);
      expect(result.summary).toMatchObject({ rows: 5, faults: faults.length });
    }
    expect(await test.readPeople()).toEqual([]);
  });

  it('reports what a dry run would do', async () => {
    await using test = await openTestImport(kind);
    await test.load(table(anna));
    const { summary } = await test.load(table(anna.replace('POLICE', 'border-control'), bo), {
      dryRun: true,
    });
    expect(summary).toEqual(counts(1, 1, 0));
    expect(await test.readPeople()).toEqual([annaRow]);
  });

  it('does not restore an erased person', async () => {
    await using test = await openTestImport(kind);
    await test.load(table(anna));
    await test.source.getRepository(Person).update({ id: 'dk:anna' }, { name: null, email: null });
    expect(await test.load(table(bo, anna))).toEqual({
      summary: { ...counts(1, 0, 0, 1), rows: 2 },
      faults: ['row 3, column id: is the id of a person who was erased'],
    });
    expect(await test.readPeople()).toMatchObject([{ id: 'dk:anna', name: null }]);
  });

  it('writes parents before their children, in any order, and with several hundred rows', async () => {
    await using test = await openTestImport(kind);
    const rows = Array.from(
      { length: 1_200 },
      (_, index) => `u${index},Unit ${index},${index % 3 === 2 ? 'root' : `u${index + 1}`}`,
    );
    const { summary, faults } = await test.load(['id,name,parent', ...rows].join('\n'), {
      kind: units,
    });
    expect(faults).toEqual([]);
    expect(summary).toEqual(counts(1_200, 0, 0));
    expect(await test.source.getRepository(Unit).countBy({ parentId: 'dk:u7' })).toBe(1);
  });

  it('rejects more than 20 levels of parents, and follows a long chain once', async () => {
    await using test = await openTestImport(kind);
    const load = (length: number) => {
      const rows = Array.from(
        { length },
        (_, index) => `u${index},Unit ${index},${index === 0 ? '' : `u${index - 1}`}`,
      );
      return test.load(['id,name,parent', ...rows].join('\n'), { kind: units });
    };
    const { faults } = await load(23);
    expect(faults).toEqual([
      'row 23, column parent: has more than 20 levels above it',
      'row 24, column parent: has more than 20 levels above it',
    ]);
    expect((await load(10_000)).faults).toHaveLength(10_000 - 21);
  });

  it('rejects an unknown parent, and cycles, also through stored records', async () => {
    await using test = await openTestImport(kind);
    const first = 'id,name,parent\na,A,root\nb,B,a\n';
    expect((await test.load(first, { kind: units })).faults).toEqual([]);
    const { faults } = await test.load(
      'id,name,parent\na,A,c\nc,C,b\nd,D,d\ne,E,nowhere\nroot,Root,a\nf,F,e\n',
      { kind: units },
    );
    expect(faults.toSorted()).toEqual([
      'row 2, column parent: makes a cycle',
      'row 3, column parent: makes a cycle',
      'row 4, column parent: makes a cycle',
      'row 5, column parent: refers to an unknown unit',
      'row 6, column parent: is above the root',
    ]);
  });

  it('undoes everything if the file changes meanwhile', async () => {
    await using test = await openTestImport(kind);
    const rows = Array.from({ length: 1_200 }, (_, index) => `p${index},P,,root,POLICE,,en`);
    const path = await test.folder.write('people.csv', table(...rows));
    let hasWritten = false;
    const { summary, faults } = await test.load(table(...rows), {
      file: { path },
      async onProgress({ phase, rows: written }) {
        if (phase !== 'written' || hasWritten) return;
        hasWritten = written > 0;
        await appendFile(path, '\n');
      },
    });
    expect(hasWritten).toBe(true);
    expect(faults).toEqual(['the file changed while it was read. Import it again']);
    expect(summary.faults).toBe(1);
    expect(await test.readPeople()).toEqual([]);
  });

  it('undoes everything if a change of the database makes a record invalid', async () => {
    await using test = await openTestImport(kind);
    await test.load(table(anna));
    const rows = Array.from({ length: 600 }, (_, index) => `p${index},P,,root,POLICE,,`);
    const { faults } = await test.load(table(...rows, anna.replace('Anna', 'Eve')), {
      async onProgress({ phase, rows: checked }) {
        if (phase !== 'checked' || checked <= 600) return;
        await test.source.getRepository(Person).update({ id: 'dk:anna' }, { name: null });
      },
    });
    expect(faults).toEqual(['row 602, column id: is the id of a person who was erased']);
    expect(await test.readPeople()).toMatchObject([{ id: 'dk:anna', name: null }]);
  });

  it('reads the same from a workbook', async () => {
    await using test = await openTestImport(kind);
    const rows = [
      ['ID', 'Name', 'Languages', 'E-mail', 'Since on', 'Unit', 'Sector'],
      ['anna', 'Anna Åberg', 'sv; en', 'anna@example.org', '2009-09-13', 'root', 'police'],
    ];
    const sheets = { Notes: '', People: toSheet(rows) };
    const path = await test.folder.write('people.xlsx', createWorkbook({ sheets }));
    const file = { path, sheet: 'People' };
    expect(await test.load('', { file })).toEqual({ summary: counts(1, 0, 0), faults: [] });
    expect(await test.readPeople()).toEqual([annaRow]);
    expect((await test.load(table(anna))).summary).toEqual(counts(0, 0, 1));
  });
});

const noHeader = `row 1: must be a header: ${header.split(',').join(', ')}`;

const open = (): Promise<TestImport> => openTestImport(bothDatabases[0] as TestDatabaseKind);

describe('importFile', () => {
  it('removes the marks that an export adds to formulas', async () => {
    await using test = await open();
    const names = [
      ["'=1+1", '=1+1'],
      ["' +x", '+x'],
      ["''=x", "'=x"],
      ["'Olde", "'Olde"],
      ["a;'=b", 'a;=b'],
      [`a;${' '.repeat(150)}'=b`, `a;${' '.repeat(150)}=b`],
      ['-5', '-5'],
    ];
    await test.load(table(...names.map(([cell], index) => `p${index},${cell},,root,POLICE,,`)));
    expect(await test.readPeople()).toMatchObject(names.map(([, name]) => ({ name })));
  });

  it('accepts the path in the schema as the name of a column', async () => {
    await using test = await open();
    const { faults } = await test.load(table(anna).replace('unit', 'unit.id'));
    expect(faults).toEqual([]);
    expect(await test.readPeople()).toEqual([annaRow]);
  });

  it('accepts it also below the list that an export made rows of', async () => {
    await using test = await open();
    const below = header.split(',').map((name) => `people.${name}`);
    const { faults } = await test.load(
      table(anna).replace(header, below.join(',').replace('unit', 'unit.id')),
    );
    expect(faults).toEqual([]);
    expect(await test.readPeople()).toEqual([annaRow]);
  });

  it('lists all errors of a header by letters, without its texts', async () => {
    await using test = await open();
    const content = 'name,Secret,name,id,unit,sector,since_on\nAnna,x,y,a,root,POLICE,soon\n';
    expect(await test.load(content)).toMatchObject({
      faults: [
        'row 1, column email: is missing',
        'row 1, column languages: is missing',
        'row 1, column B: must be one of id, name, email, unit, sector, sinceOn, languages',
        'row 1, column C: is a second column name',
        'row 2, column sinceOn: is no Date. ISO 8601 calendar date: 2009-09-13.',
      ],
    });
  });

  it.each([
    ['an empty file', '', [noHeader]],
    ['rows without a header', 'Anna,secret@example.org\n', [noHeader]],
  ])('refuses %s', async (_, content, expected) => {
    await using test = await open();
    const { faults } = await test.load(content);
    expect(faults).toEqual(expected);
  });

  it('lists the errors before the place where reading fails', async () => {
    await using test = await open();
    const { faults } = await test.load(table('a,,,root,POLICE,,', 'b,"B,,root,POLICE,,'));
    expect(faults).toEqual(['row 2, column name: is empty', 'row 3: a quoted value has no end']);
  });

  it('accepts a header without rows', async () => {
    await using test = await open();
    expect(await test.load(table())).toEqual({ summary: counts(0, 0, 0), faults: [] });
  });

  it('becomes visible to a running server at its end, and not before', async () => {
    await using database = await bothDatabases[0]!.create();
    await using test = await openTestImport({ ...bothDatabases[0]!, create: async () => database });
    const server = await openDatabase({ url: database.url, entities, migrations: [] });
    const seen: number[] = [];
    const reading: Promise<unknown>[] = [];
    const count = () =>
      reading.push(
        server
          .getRepository(Person)
          .count()
          .then((all) => seen.push(all)),
      );
    const rows = Array.from({ length: 1_200 }, (_, index) => `p${index},P,,root,POLICE,,en`);
    await test.load(table(...rows), {
      onProgress: ({ phase }) => void (phase === 'written' && count()),
    });
    await Promise.all(reading);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen[0]).toBe(0);
    expect(await server.getRepository(Person).count()).toBe(1_200);
    await server.destroy();
  });
});
