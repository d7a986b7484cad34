import { inner } from '@hub/shared/testing';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { DataSource } from 'typeorm';
import { definition as police } from '../../../subgraphs/national-police/partner.js';
import { definition as nbnp } from '../../../subgraphs/nbnp/partner.js';
import { definition as offices } from '../../../subgraphs/ncm-offices/partner.js';

export type Row = Readonly<Record<string, unknown>>;
type Tables = ReadonlyMap<string, readonly Row[]>;

const folder = fileURLToPath(new URL('databases/', import.meta.url));
const definitions: Readonly<Record<string, inner.PartnerDefinition>> = {
  nbnp,
  ncm: offices,
  dk: police,
};

export interface OldDatabase {
  /** The name of the database and of its identity file, without their endings. */
  readonly name: string;
  readonly partner: string;
  readonly content: 'facts' | 'demonstration';
  readonly definition: inner.PartnerDefinition;
}

/** `2026-11-26-nbnp-facts`: the day of the version that wrote it, the partner and the content. */
export const oldDatabases: readonly OldDatabase[] = readdirSync(folder)
  .filter((file) => file.endsWith('.sqlite.gz'))
  .map((file) => {
    const name = file.slice(0, -'.sqlite.gz'.length);
    const [, partner = '', content] = /^[\d-]{10}-(\w+)-(facts|demonstration)$/.exec(name) ?? [];
    const definition = definitions[partner];
    if (!definition) throw new Error(`${file} is a database of no partner.`);
    return { name, partner, content: content as OldDatabase['content'], definition };
  });

/** A copy of an old database and its identity file, as an operator has them. */
export function unpack({ name }: OldDatabase) {
  const path = mkdtempSync(join(tmpdir(), 'hub-upgrade-'));
  const file = join(path, 'partner.sqlite');
  const identity = join(path, 'identity.json');
  writeFileSync(file, gunzipSync(readFileSync(join(folder, `${name}.sqlite.gz`))));
  copyFileSync(join(folder, `${name}.identity.json`), identity);
  return { file, identity, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

/** Tables that the kit keeps for itself: they are not what a partner knows. */
const ofKit =
  /^(database_mark|idempotency_keys|used_nonces|disclosure_|change|migrations|loads|sqlite_)/;

/** The tables of what a partner knows, with all rows. */
export async function readTables(source: DataSource): Promise<Tables> {
  const found = await source.query<{ name: string }[]>(
    source.options.type === 'postgres'
      ? `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`
      : `SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'`,
  );
  const own = new Set(source.entityMetadatas.map(({ tableName }) => tableName));
  const tables = new Map<string, readonly Row[]>();
  for (const { name } of found.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    if (own.has(name) && !ofKit.test(name))
      tables.set(name, await source.query<Row[]>(`SELECT * FROM "${name}"`));
  return tables;
}

/** What an old database had, before any migration of this version. */
async function readOld(old: OldDatabase): Promise<Tables> {
  using place = unpack(old);
  const source = await inner.openPartnerDatabase(old.definition, `sqlite:${place.file}`, {
    only: [],
  });
  try {
    return await readTables(source);
  } finally {
    await source.destroy();
  }
}

export const asTexts = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).sort();

/** The rows of a database that people wrote: those that the facts of the same version do not have. */
export async function readWritten(
  old: OldDatabase,
): Promise<[table: string, rows: readonly Row[]][]> {
  const facts = await readOld({ ...old, name: old.name.replace(/demonstration$/, 'facts') });
  return [...(await readOld(old))].map(([table, rows]) => {
    const known = new Set(asTexts(facts.get(table) ?? []));
    return [table, rows.filter((row) => !known.has(JSON.stringify(row)))];
  });
}
