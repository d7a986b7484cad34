import type { EntityManager } from 'typeorm';

/** TypeORM’s own table. Migrations write it, so it is not part of a back-up. */
const migrations = 'migrations';

/** A name as an SQL identifier. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export interface PostgresTable {
  readonly name: string;
  /** The columns that store values, in the order of their creation. */
  readonly columns: readonly string[];
  /** The type of each of these columns. */
  readonly types: readonly string[];
  /** The columns of the primary key. */
  readonly key: readonly string[];
}

/** Settings that make the text form of values the same on every server. */
export const plainForm =
  "SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET extra_float_digits = 3; SET bytea_output = 'hex'; SET timezone = 'UTC'";

/** The tables of a partner’s database, by name. */
export const listTables = (manager: EntityManager): Promise<readonly PostgresTable[]> =>
  manager.query<PostgresTable[]>(
    `SELECT c.relname::text AS name,
      ARRAY(
        SELECT a.attname::text FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        ORDER BY a.attnum
      ) AS columns,
      ARRAY(
        SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        ORDER BY a.attnum
      ) AS types,
      ARRAY(
        SELECT a.attname::text FROM pg_index i
        CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
        WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY k.place
      ) AS key
    FROM pg_class c
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> $1
      AND NOT EXISTS (
        SELECT 1 FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
      )
    ORDER BY c.relname COLLATE "C"`,
    [migrations],
  );

/** The last value of each sequence that has been used. */
export async function readSequences(manager: EntityManager): Promise<Record<string, string>> {
  const rows = await manager.query<{ name: string; value: string }[]>(
    `SELECT sequencename::text AS name, last_value::text AS value FROM pg_sequences
     WHERE schemaname = current_schema() AND last_value IS NOT NULL
       AND format('%I', sequencename) IS DISTINCT FROM
         split_part(pg_get_serial_sequence(format('%I', $1::text), 'id'), '.', 2)
     ORDER BY 1`,
    [migrations],
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

export interface ForeignKey {
  readonly table: string;
  readonly name: string;
  /** The definition for `ADD CONSTRAINT`. */
  readonly definition: string;
}

export const listForeignKeys = (manager: EntityManager): Promise<readonly ForeignKey[]> =>
  manager.query<ForeignKey[]>(
    `SELECT c.relname::text AS table, k.conname::text AS name, pg_get_constraintdef(k.oid) AS definition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace ORDER BY 1, 2`,
  );
