// cspell:ignore Åsex
import { describe, expect, it } from 'vitest';
import { cpuMsOf } from '../../testing/cpu-time.js';
import { BadCell } from '../cell.js';
import { createFolder } from '../test-files.js';
import { readXlsx } from './read-xlsx.js';
import { createWorkbook, toSheet, zip } from './test-workbook.js';

async function read(content: Buffer, sheet?: string) {
  await using folder = await createFolder();
  const path = await folder.write('book.xlsx', content);
  const rows: [number, ...string[]][] = [];
  for await (const { number, cells } of readXlsx(path, sheet)) {
    rows.push([
      number,
      ...cells.map((cell) => (cell instanceof BadCell ? `fault: ${cell.fault}` : cell)),
    ]);
  }
  return rows;
}

/** The values of the cells of one row. */
async function readCells(
  cells: string,
  formats: readonly (string | number)[] = [],
  from1904 = false,
) {
  const strings =
    '<si><t>Åse</t></si><si><r><t>two </t></r><r><t>runs</t></r><rPh><t>no</t></rPh></si>';
  const sheets = { Sheet1: `<row r="1">${cells}</row>` };
  const [row] = await read(createWorkbook({ sheets, strings, formats, from1904 }));
  return row?.slice(1);
}

describe('readXlsx', () => {
  it('reads texts, numbers and booleans as a spreadsheet stores them', async () => {
    const cells = [
      '<c t="s"><v>0</v></c>',
      '<c t="s"><v>1</v></c>',
      '<c t="inlineStr"><is><t xml:space="preserve"> a_x000A_b &amp; c</t></is></c>',
      '<c><v>17</v></c>',
      '<c><v>0.30000000000000004</v></c>',
      '<c><v>1E3</v></c>',
      '<c t="b"><v>1</v></c>',
      '<c t="d"><v>2009-09-13T00:00:00</v></c>',
    ];
    expect(await readCells(cells.join(''))).toEqual([
      'Åse',
      'two runs',
      ' a\nb & c',
      '17',
      '0.30000000000000004',
      '1000',
      'true',
      '2009-09-13',
    ]);
  });

  it.each([
    ['a built-in format of days', 14, '2009-09-13'],
    ['days', 'dd.mm.yyyy', '2009-09-13'],
    ['a day in words', '[$-414]d\\. mmmm yyyy;@', '2009-09-13'],
    ['a month, which a spreadsheet makes of 2009-09', 'mmm\\-yy', '2009-09'],
    ['the built-in format of months', 17, '2009-09'],
    ['a year', 'yyyy', '2009'],
    ['a time of a day', 'yyyy-mm-dd hh:mm', '2009-09-13T12:00:00'],
    ['a number', '0.00', '40069.5'],
    ['a number of a unit', '0&quot; days&quot;', '40069.5'],
    ['the general format', 'General', '40069.5'],
  ])('reads a number with the format of %s', async (_, format, expected) => {
    expect(await readCells('<c s="1"><v>40069.5</v></c>', [format])).toEqual([expected]);
  });

  it('counts days as the workbook does', async () => {
    expect(await readCells('<c s="1"><v>38607</v></c>', [14], true)).toEqual(['2009-09-13']);
    expect(await readCells('<c s="1"><v>1</v></c><c s="1"><v>61</v></c>', [14])).toEqual([
      '1900-01-01',
      '1900-03-01',
    ]);
    expect(await readCells('<c s="1"><v>-1</v></c>', [14])).toEqual(['fault: is not a date']);
  });

  it('reads the result of a formula, and reports a missing one', async () => {
    const cells = [
      '<c t="str"><f>A1&amp;"x"</f><v>Åsex</v></c>',
      '<c><f>1+1</f><v>2</v></c>',
      '<c><f>1+1</f></c>',
      '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    ];
    expect(await readCells(cells.join(''))).toEqual([
      'Åsex',
      '2',
      'fault: is a formula without a value. Open the file in a spreadsheet and save it',
      'fault: is an error of a formula',
    ]);
  });

  it.each(['one', '1e999', 'NaN'])('reports a number that is %s', async (value) => {
    expect(await readCells(`<c><v>${value}</v></c>`)).toEqual(['fault: is not a number']);
  });

  it('inserts the cells and rows that a sheet omits', async () => {
    const sheets = {
      A: '<row r="2"><c r="C2"><v>1</v></c></row><row r="9"><c r="A9"><v>2</v></c></row>',
    };
    expect(await read(createWorkbook({ sheets }))).toEqual([
      [2, '', '', '1'],
      [9, '2'],
    ]);
  });

  it('reads the first sheet, or the named one in any case', async () => {
    const book = createWorkbook({
      sheets: { Notes: toSheet([['n']]), Officers: toSheet([['o']]) },
    });
    expect(await read(book)).toEqual([[1, 'n']]);
    expect(await read(book, 'officers')).toEqual([[1, 'o']]);
    await expect(read(book, 'experts')).rejects.toThrow('but “Notes”, “Officers”');
  });

  it('reads a hundred thousand rows a few at a time', async () => {
    const rows = Array.from(
      { length: 100_000 },
      (_, index) => `<row r="${index + 1}"><c><v>${index}</v></c></row>`,
    );
    await using folder = await createFolder();
    const book = createWorkbook({ sheets: { A: rows.join('') } });
    const path = await folder.write('long.xlsx', book);
    let last = 0;
    for await (const { number } of readXlsx(path)) last = number;
    expect(last).toBe(100_000);
  });

  it.each([
    ['a text', Buffer.from('id,name\n1,x\n')],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['nothing', Buffer.alloc(0)],
    ['another zip', zip({ 'content.xml': '<office/>' })],
    ['half a workbook', createWorkbook({ sheets: { A: toSheet([['a']]) } }).subarray(0, 300)],
  ])('refuses %s', async (_, content) => {
    await expect(read(content)).rejects.toThrow('is not an XLSX workbook');
  });

  it('rejects a sheet that is not XML, or is damaged', async () => {
    await expect(read(createWorkbook({ sheets: { A: '<row><c></row>' } }))).rejects.toThrow(
      'is a damaged workbook',
    );
    const book = createWorkbook({ sheets: { A: toSheet([['abcdefghij'.repeat(50)]]) } });
    const at = book.indexOf('xl/worksheets/sheet0.xml') + 40;
    await expect(
      read(Buffer.concat([book.subarray(0, at), Buffer.from('????'), book.subarray(at + 4)])),
    ).rejects.toThrow('is a damaged workbook');
  });

  it('rejects a sheet that would unpack to too much, before unpacking it', async () => {
    const book = createWorkbook({ sheets: { A: '' }, strings: ' '.repeat(65 * 1_048_576) });
    expect(book.length).toBeLessThan(100_000);
    await expect(read(book)).rejects.toThrow('too large a workbook (over 64 MiB unpacked)');
  });

  it.each([
    ['a text', (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`],
    [
      'a text in CDATA',
      (text: string) => `<c t="inlineStr"><is><t><![CDATA[${text}<]]></t></is></c>`,
    ],
    ['a comment', (text: string) => `<!-- ${text} -->`],
    ['a name', (text: string) => `<${text}/>`],
  ])('stops reading in %s of 50 MB after the first of it', async (_, write) => {
    const cells = write('x'.repeat(50_000_000));
    const book = createWorkbook({ sheets: { A: `<row r="1">${cells}</row>` } });
    await using folder = await createFolder();
    const path = await folder.write('book.xlsx', book);
    global.gc?.();
    const before = process.memoryUsage().rss;
    await expect(readXlsx(path).next()).rejects.toThrow('more than 1,048,576 bytes');
    expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000);
  });

  it('reports a cell that is longer than any spreadsheet allows, wherever its text is', async () => {
    const text = 'x'.repeat(32_768);
    const cells = `<c t="inlineStr"><is><t>${text}</t></is></c><c t="s"><v>0</v></c><c><v>${text}</v></c>`;
    const book = createWorkbook({
      sheets: { A: `<row r="1">${cells}</row>` },
      strings: `<si><t>${text}</t></si>`,
    });
    const fault = 'fault: is longer than 32,767 characters';
    expect(await read(book)).toEqual([[1, fault, fault, fault]]);
  });

  it('names some of very many sheets if the requested one does not exist', async () => {
    const names = Array.from({ length: 1_000 }, (_, index) => [`S${index}${'x'.repeat(100)}`, '']);
    const book = createWorkbook({ sheets: Object.fromEntries(names) as Record<string, string> });
    const refusal: unknown = await read(book, 'none').catch((error: unknown) => error);
    expect(String(refusal)).toContain('does not have this sheet, but “S0');
    expect(String(refusal)).toContain('and 980 more');
    expect(String(refusal).length).toBeLessThan(1_000);
  });

  it('rejects a row whose texts are too long together', async () => {
    const cell = `<c t="inlineStr"><is><t>${'x'.repeat(32_767)}</t></is></c>`;
    const book = createWorkbook({ sheets: { A: `<row r="1">${cell.repeat(31)}</row>` } });
    await expect(read(book)).rejects.toThrow('row 1: is longer than 1,000,000 characters');
  });

  it('rejects entities, which could expand to any size', async () => {
    const sheet = '<!DOCTYPE a [<!ENTITY b "x">]><worksheet>&b;</worksheet>';
    const files = {
      'xl/workbook.xml': '<workbook><sheets><sheet name="A" r:id="1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<a><Relationship Id="1" Type="x/worksheet" Target="a.xml"/></a>',
      'xl/a.xml': sheet,
    };
    await expect(read(zip(files))).rejects.toThrow('DOCTYPE');
  });

  it.each([
    ['a cell that is not of a column', '<row r="1"><c r="a1"><v>1</v></c></row>'],
    ['a cell that is nothing but a number', '<row r="1"><c r="1"><v>1</v></c></row>'],
    ['a cell twice', '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'],
    ['a cell before the last one', '<row r="1"><c r="B1"><v>1</v></c><c r="A1"/></row>'],
    ['a row twice', '<row r="1"/><row r="1"><c r="A1"><v>2</v></c></row>'],
    ['a row that is not a number', '<row r="1"/><row r="two"><c r="A1"><v>1</v></c></row>'],
    ['a row before the last one', '<row r="1"/><row r="-1"><c r="A1"><v>1</v></c></row>'],
  ])('rejects %s, because a value could be lost', async (_, rows) => {
    await expect(read(createWorkbook({ sheets: { A: rows } }))).rejects.toThrow(
      'row 1: has, or is followed by, a place that is not in order',
    );
  });

  it('rejects more rows than a spreadsheet has, even if they are empty', async () => {
    const book = createWorkbook({ sheets: { A: '<row r="1048576"/><row/>' } });
    await expect(read(book)).rejects.toThrow('row 1048576: is followed by too many rows');
  });

  it('reads a long format of many styles once, in a time that grows with its length', async () => {
    const book = createWorkbook({
      sheets: { A: '<row r="1"><c s="1"><v>40069.5</v></c></row>' },
      formats: [`${'['.repeat(100_000)}yyyy`, ...Array.from({ length: 1_000 }, () => 164)],
    });
    expect(await cpuMsOf(() => read(book))).toBeLessThan(2_000);
  });

  it('rejects a row with very many columns, and very deep nesting', async () => {
    const far = createWorkbook({ sheets: { A: '<row r="1"><c r="XFD1"><v>1</v></c></row>' } });
    await expect(read(far)).rejects.toThrow('row 1: has more than 1,000 columns');
    const deep = createWorkbook({ sheets: { A: '<a>'.repeat(10_000) } });
    await expect(read(deep)).rejects.toThrow('is a damaged workbook');
  });
});
