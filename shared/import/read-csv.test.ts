import { describe, expect, it } from 'vitest';
import { BadCell } from './cell.js';
import { readCsv } from './read-csv.js';
import { createFolder } from './test-files.js';

async function read(content: string | Buffer) {
  await using folder = await createFolder();
  const path = await folder.write('file.csv', content);
  const rows: [number, ...string[]][] = [];
  for await (const { number, cells } of readCsv(path)) {
    rows.push([
      number,
      ...cells.map((cell) => (cell instanceof BadCell ? `fault: ${cell.fault}` : cell)),
    ]);
  }
  return rows;
}

const rows = [
  [1, 'id', 'name'],
  [2, 'a', 'Åse, the "first"\nof two'],
];

describe('readCsv', () => {
  it.each([
    ['commas and line feeds', 'id,name\na,"Åse, the ""first""\nof two"\n'],
    ['semicolons', 'id;name\na;"Åse, the ""first""\nof two"'],
    ['a byte order mark', '\uFEFFid,name\na,"Åse, the ""first""\nof two"\n'],
    ['spaces around the values', 'id , name\na , "Åse, the ""first""\nof two" \n'],
  ])('reads %s', async (_, content) => {
    expect(await read(content)).toEqual(rows);
  });

  it('reads carriage returns as line ends', async () => {
    expect(await read('id;name\r\na;b\r\n')).toEqual([
      [1, 'id', 'name'],
      [2, 'a', 'b'],
    ]);
  });

  it('numbers rows as a spreadsheet does: empty ones count, and a value with two lines is in one row', async () => {
    expect(await read('id,name\n\na,"x\ny"\n,\nb,z\n')).toEqual([
      [1, 'id', 'name'],
      [2, ''],
      [3, 'a', 'x\ny'],
      [4, '', ''],
      [5, 'b', 'z'],
    ]);
  });

  it('reports every value that is not UTF-8, and reads on', async () => {
    const fault = 'fault: has bytes that are not UTF-8: save the file as “CSV UTF-8”';
    const latin = Buffer.from('id,name\na,Åse\nb,Bo\nc,Øyvind\n', 'latin1');
    expect(await read(latin)).toEqual([
      [1, 'id', 'name'],
      [2, 'a', fault],
      [3, 'b', 'Bo'],
      [4, 'c', fault],
    ]);
  });

  it('decodes characters across two chunks', async () => {
    const half = 'x'.repeat(32_767);
    const rest = `${'x'.repeat(65_535 - `name\n${half},`.length)}Å`;
    expect(await read(`name\n${half},${rest}\n`)).toEqual([
      [1, 'name'],
      [2, half, rest],
    ]);
  });

  it('reports a cell that is longer than any spreadsheet allows', async () => {
    expect(await read(`name\n${'x'.repeat(32_768)}\n`)).toEqual([
      [1, 'name'],
      [2, 'fault: is longer than 32,767 characters'],
    ]);
  });

  it.each([
    [
      'a row of very many columns',
      `id\n${'a,'.repeat(1_000)}a\n`,
      'row 2: has more than 1,000 columns',
    ],
    ['a quote that does not end', 'id,name\na,b\nc,"d\n', 'row 3: a quoted value has no end'],
    ['text after a quote', 'id,name\na,"b"c\n', 'row 2: there is text between'],
    ['a quote inside a value', 'id,name\na,b\na,b"c"\n', 'row 3: there is a quote inside'],
    ['an endless row', `id,name\n${'x'.repeat(1_000_100)}`, 'row 2: is longer than 1,000,000'],
    ['a workbook', 'PK\x03\x04', 'is a workbook and not CSV'],
    ['UTF-16', Buffer.from('\uFEFFid,name', 'utf16le'), 'is UTF-16'],
  ])('stops at %s', async (_, content, fault) => {
    await expect(read(content)).rejects.toThrow(fault);
  });

  it('returns the rows before the error', async () => {
    await using folder = await createFolder();
    const path = await folder.write('file.csv', 'id,name\na,b\nc,"d\n');
    const numbers: number[] = [];
    const reading = (async () => {
      for await (const { number } of readCsv(path)) numbers.push(number);
    })();
    await expect(reading).rejects.toThrow('row 3');
    expect(numbers).toEqual([1, 2]);
  });

  it('throws the system’s error for a missing file', async () => {
    await expect(readCsv('/nowhere/at/all.csv').next()).rejects.toThrow('ENOENT');
  });
});
