import { existsSync, readFileSync } from 'node:fs';

/** The facts lie beside the project’s own workplace, not in a fresh clone. */
const domain = new URL('../../../../shared/domain/', import.meta.url);

export const areFactsHere = existsSync(new URL('next/', domain));

/** Where a file of the facts is as it holds from now on; one that did not change is where it was. */
function urlOf(name: string): URL {
  const next = new URL(`next/${name}`, domain);
  return existsSync(next) ? next : new URL(name, domain);
}

export type CsvRow = Readonly<Record<string, string>>;

/**
 * Reads a file as RFC 4180 has it; shares nothing with the readers that it is compared with. Where the facts are not, it
 * has no rows, so that a fresh clone can load the tests that it skips.
 */
export function readCsv(name: string): { readonly header: string[]; readonly rows: CsvRow[] } {
  if (!areFactsHere) return { header: [], rows: [] };
  const text = readFileSync(urlOf(name), 'utf8').replaceAll('\r\n', '\n');
  const records: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (isQuoted && sign === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (sign === ',' || sign === '\n')) {
      records.at(-1)?.push(cell);
      cell = '';
      if (sign === '\n') records.push([]);
    } else cell += sign ?? '';
  }
  const [header = [], ...lines] = records.filter((record) => record.length > 0);
  const rows = lines.map((record) => {
    if (record.length !== header.length) throw new Error(`${name}: ${record.join()}`);
    return Object.fromEntries(header.map((column, index) => [column, record[index] ?? '']));
  });
  return { header, rows };
}

/** The items of a cell that is a list. */
export const listOf = (cell: string | undefined): string[] =>
  (cell ?? '')
    .split(';')
    .map((item) => item.trim())
    .filter(Boolean);

/** An empty cell is unknown: null. */
export const orNull = (cell: string | undefined): string | null => cell || null;

export const upper = (cell: string | undefined): string | null => cell?.toUpperCase() || null;

const polices = ['police', 'police_unit', 'police_education'];
const countries = ['DK', 'EE', 'FI', 'IS', 'LT', 'LV', 'NO', 'SE'];

export const isPolice = ({ kind = '', country = '' }: CsvRow): boolean =>
  polices.includes(kind) && countries.includes(country);

/** `<owner>:<local>`, by the rules of the facts’ README. */
export function createGlobalId(): (local: string | undefined) => string | null {
  const units = new Map(
    readCsv('organisations.csv')
      .rows.filter(isPolice)
      .map(({ org_id = '', country = '' }) => [org_id, country.toLowerCase()]),
  );
  const offices = new Set(readCsv('offices.csv').rows.map(({ office_id }) => office_id));
  return (local) => {
    if (!local) return null;
    const owner = units.get(local) ?? (offices.has(local) ? 'ncm' : 'nbnp');
    return `${owner}:${local.startsWith(`${owner}-`) ? local.slice(owner.length + 1) : local}`;
  };
}
