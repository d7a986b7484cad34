import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { directoryFiles } from './directory-cells.js';
import { areFactsHere, readCsv } from './read-csv.js';
import { sourceFiles } from './source-cells.js';
import { termFile } from './term-cells.js';

/** How many cells each file has, the empty ones too: an empty cell is a null. */
const cellsOf = {
  'events.csv': 1386,
  'organisations.csv': 972,
  'offices.csv': 182,
  'sites.csv': 444,
  'claims.csv': 180,
  'statements.csv': 531,
  'event-roles.csv': 105,
  'outcomes.csv': 70,
  'representations.csv': 140,
  'links.csv': 9,
  'journeys.csv': 10,
  'network-terms.csv': 143,
};

const files = [...directoryFiles, ...sourceFiles, termFile];

describe.skipIf(!areFactsHere)('the facts, read through the graph', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('facts');
  });
  afterAll(() => network?.[Symbol.asyncDispose]());

  it.each(files)('has every cell of $file', async ({ file, query, compare }) => {
    const { data, errors } = await network.ask(query);
    expect(errors).toBeUndefined();
    const { header, rows } = readCsv(file);
    const cellsOfRow = compare(data);
    let compared = 0;
    const differing = rows.flatMap((row, index) => {
      const cells = cellsOfRow(row, index);
      expect(Object.keys(cells)).toEqual(header);
      compared += header.length;
      return Object.entries(cells).flatMap(([column, [expected, found]]) =>
        JSON.stringify(expected) === JSON.stringify(found)
          ? []
          : [{ row: index + 2, column, cell: row[column], expected, found }],
      );
    });
    expect(differing).toEqual([]);
    expect(compared).toBe(cellsOf[file as keyof typeof cellsOf]);
  });

  it('leaves no file out: 4,172 cells', () => {
    expect(files.map(({ file }) => file).sort()).toEqual(Object.keys(cellsOf).sort());
    expect(Object.values(cellsOf).reduce((sum, cells) => sum + cells)).toBe(4172);
  });
});
