import type { OpenNetwork } from '../../e2e/network/open-network.js';

// oxlint-disable-next-line typescript/no-explicit-any -- a row as it stands in a table
export type Row = Record<string, any>;
type Tables = Readonly<Record<string, readonly Row[]>>;

/** The rows of all databases: the eight polices’ in common tables. */
export interface Rows {
  readonly network: Tables;
  readonly offices: Tables;
  readonly police: Tables;
}

/** Reads every row of these partners by SQL. */
async function readTables(network: OpenNetwork, codes: readonly string[]): Promise<Tables> {
  const tables: Record<string, Row[]> = {};
  for (const code of codes) {
    const { source } = network.serverOf(code);
    for (const { tableName } of source.entityMetadatas)
      (tables[tableName] ??= []).push(
        ...(await source.query<Row[]>(`SELECT * FROM "${tableName}"`)),
      );
  }
  return tables;
}

export const readRows = async (network: OpenNetwork): Promise<Rows> => ({
  network: await readTables(network, ['nbnp']),
  offices: await readTables(network, ['ncm']),
  police: await readTables(network, polices),
});

export const polices = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'] as const;
