import { buildSubgraphSchema } from '@apollo/subgraph';
import DataLoader from 'dataloader';
import { execute, parse, validate, type DocumentNode } from 'graphql';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import sqlite3 from 'sqlite3';
import { serveJson, tellReady } from '../servers/serve-json.js';

// A partner without any guarantee: its schema, Node’s HTTP server, graphql-js, the driver, and as
// many statements.
const [databaseFile = '', schemaFile = ''] = process.argv.slice(2);

type Row = Readonly<Record<string, string | null>>;
interface Context {
  readonly officers: DataLoader<string, Row | undefined>;
  readonly units: DataLoader<string, Row | undefined>;
  readonly languages: DataLoader<string, string[]>;
  namesRead: number;
}

const statements = new Map<string, sqlite3.Statement>();
const open = (): sqlite3.Database => new sqlite3.Database(databaseFile);
const database = open();
const writer = open();
for (const one of [database, writer]) {
  one.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
}

function query(sql: string, parameters: readonly unknown[], on = database): Promise<Row[]> {
  let statement = statements.get(sql);
  if (!statement) {
    statement = on.prepare(sql);
    statements.set(sql, statement);
  }
  const prepared = statement;
  return new Promise((resolve, reject) => {
    prepared.all<Row>([...parameters], (error, rows) => {
      if (error) reject(error);
      else resolve(rows);
    });
  });
}

const placesFor = (keys: readonly string[]): string => keys.map(() => '?').join(', ');

const loadById = (sql: string) =>
  new DataLoader<string, Row | undefined>(async (ids) => {
    const rows = await query(`${sql} WHERE id IN (${placesFor(ids)})`, ids);
    const byId = new Map(rows.map((row) => [row['id'], row]));
    return ids.map((id) => byId.get(id));
  });

const loadLanguages = () =>
  new DataLoader<string, string[]>(async (ids) => {
    const rows = await query(
      `SELECT officer_id, language FROM officer_languages WHERE officer_id IN (${placesFor(ids)}) ORDER BY position`,
      ids,
    );
    const byOfficer = new Map<string | null | undefined, string[]>();
    for (const { officer_id: officer, language } of rows) {
      byOfficer.set(officer, [...(byOfficer.get(officer) ?? []), language ?? '']);
    }
    return ids.map((id) => byOfficer.get(id) ?? []);
  });

async function listOfficers(first: number, after: string) {
  const [from] = JSON.parse(Buffer.from(after, 'base64url').toString()) as [string];
  const rows = await query(
    'SELECT id, target_group, unit_id FROM officers WHERE id > ? ORDER BY id LIMIT ?',
    [from, first + 1],
  );
  const nodes = rows.slice(0, first);
  const endCursor = Buffer.from(JSON.stringify([nodes.at(-1)?.['id']])).toString('base64url');
  return { nodes, pageInfo: { hasNextPage: rows.length > first, endCursor } };
}

const schema = buildSubgraphSchema({
  typeDefs: parse(readFileSync(schemaFile, 'utf8')),
  resolvers: {
    Query: {
      officers: (_root: unknown, { first, after }: { first: number; after: string }) =>
        listOfficers(first, after),
      policeUnits: () =>
        query(
          'SELECT id, name, acronym, city, kind FROM police_units ORDER BY country, name, id',
          [],
        ),
    },
    Officer: {
      __resolveReference: ({ id }: { id: string }, context: unknown) =>
        (context as Context).officers.load(id),
      name: ({ name }: Row, _arguments: unknown, context: unknown) => {
        (context as Context).namesRead += 1;
        return name;
      },
      targetGroup: (officer: Row) => officer['target_group'],
      country: () => 'DK',
      unit: (officer: Row, _arguments: unknown, context: unknown) =>
        (context as Context).units.load(officer['unit_id'] ?? ''),
      languages: ({ id }: Row, _arguments: unknown, context: unknown) =>
        (context as Context).languages.load(id ?? ''),
    },
  },
});

await query(
  'CREATE TABLE IF NOT EXISTS disclosures (sequence INTEGER PRIMARY KEY, at, organisation, reader, role, purpose, operation, type, fields, records, previous, hash)',
  [],
  writer,
);
let writes: Promise<unknown> = Promise.resolve();

/** The cost of the partner’s record of a read in the database. */
function writeRecord(): Promise<unknown> {
  writes = writes.then(async () => {
    await query('BEGIN IMMEDIATE', [], writer);
    const [last] = await query(
      'SELECT sequence, hash FROM disclosures ORDER BY sequence DESC LIMIT 1',
      [],
      writer,
    );
    const hash = createHash('sha256')
      .update(JSON.stringify(last ?? null))
      .digest('hex');
    await query(
      `INSERT INTO disclosures VALUES (?, ?, 'dk', 'bench', 'coordinator', 'measuring', 'Bench', 'Officer', '["email","name","rank"]', 50, ?, ?)`,
      [Number(last?.['sequence'] ?? 0) + 1, new Date().toISOString(), last?.['hash'] ?? '', hash],
      writer,
    );
    await query('COMMIT', [], writer);
  });
  return writes;
}

const documents = new Map<string, DocumentNode>();

function read(text: string): DocumentNode {
  let document = documents.get(text);
  if (!document) {
    document = parse(text);
    const [error] = validate(schema, document);
    if (error) throw error;
    documents.set(text, document);
  }
  return document;
}

async function respond(body: string): Promise<string> {
  const asked = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
  const columns = asked.query.includes('email')
    ? 'id, name, email, rank'
    : 'id, target_group, unit_id';
  const contextValue: Context = {
    officers: loadById(`SELECT ${columns} FROM officers`),
    units: loadById('SELECT id, name, city FROM police_units'),
    languages: loadLanguages(),
    namesRead: 0,
  };
  const result = await execute({
    schema,
    document: read(asked.query),
    variableValues: asked.variables,
    contextValue,
  });
  if (contextValue.namesRead > 0) await writeRecord();
  return JSON.stringify(result);
}

tellReady({ url: await serveJson(respond) });
