import type { DataSource } from 'typeorm';
import type { OpenNetwork } from '../../e2e/network/open-network.js';

// oxlint-disable-next-line typescript/no-explicit-any -- a row as it stands in a table
export type Row = Record<string, any>;
type Tables = Readonly<Record<string, readonly Row[]>>;

/** The rows of all databases: the eight polices’ in common tables, each with its owner. */
export interface Rows {
  readonly network: Tables;
  readonly offices: Tables;
  readonly police: Tables;
}

const jsonColumns = [
  'areas_to_involve',
  'attendees',
  'attested_on',
  'findings',
  'host_countries',
  'languages',
  'recommendations',
  'sectors_by_direction',
  'sectors_to_show',
  'target_groups',
  'trafficking_roles',
  'variants',
  'working_languages',
];
const booleanColumns = [
  'has_documented_groups',
  'is_rehearsal',
  'loan_granted',
  'preferred',
  'reserve',
];

function readRow(row: Row): Row {
  const read = { ...row };
  for (const column of jsonColumns)
    if (typeof row[column] === 'string') read[column] = JSON.parse(row[column]);
  for (const column of booleanColumns) if (column in row) read[column] = row[column] === 1;
  return read;
}

async function readTables(source: DataSource): Promise<Record<string, Row[]>> {
  const tables = await source.query<{ name: string }[]>(
    `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'`,
  );
  const entries = tables.map(async ({ name }) => {
    const rows = await source.query<Row[]>(`SELECT * FROM "${name}"`);
    return [name, rows.map(readRow)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Reads every row of every partner by SQL. */
export async function readRows(network: OpenNetwork): Promise<Rows> {
  const police: Record<string, Row[]> = {};
  for (const code of network.codes.filter((candidate) => candidate.length === 2)) {
    for (const [name, rows] of Object.entries(await readTables(network.serverOf(code).source)))
      (police[name] ??= []).push(...rows.map((row) => ({ ...row, partner: code })));
  }
  return {
    network: await readTables(network.serverOf('nbnp').source),
    offices: await readTables(network.serverOf('ncm').source),
    police,
  };
}

/** What is left of the rows when these polices are away. */
export function withoutPolices(rows: Rows, away: readonly string[]): Rows {
  const police = Object.entries(rows.police).map(
    ([name, table]) => [name, table.filter(({ partner }) => !away.includes(partner))] as const,
  );
  return { ...rows, police: Object.fromEntries(police) };
}
