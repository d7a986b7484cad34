import { createHash } from 'node:crypto';
import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** A row of the earlier form: one for each type in a request. */
interface OldLink {
  readonly sequence: number;
  readonly at: string;
  readonly reader_organisation: string;
  readonly reader: string;
  readonly role: string;
  readonly purpose: string | null;
  readonly operation_name: string | null;
  readonly type: string;
  readonly fields: string;
  readonly records: number;
  readonly hash: string;
}

const batchSize = 1_000;

/**
 * Changes the record of disclosures to a form that takes a tenth of the space, because repeated
 * texts are stored once. The content and the hashes of the links stay the same.
 */
export class CreateCompactDisclosures1764000004000 implements MigrationInterface {
  readonly name = 'CreateCompactDisclosures1764000004000';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner);
    const texts = new Map<string, number>();
    let sequence = 0;
    for (;;) {
      const links = (await runner.query(
        `SELECT * FROM "disclosures" WHERE "sequence" > ${sequence} ORDER BY "sequence" LIMIT ${batchSize}`,
      )) as OldLink[];
      await moveLinks(runner, links, texts);
      const last = links.at(-1);
      if (!last || links.length < batchSize) break;
      ({ sequence } = last);
    }
    await runner.dropTable('disclosures');
  }

  async down(): Promise<void> {
    throw new Error('The earlier form of the record is in the back-up from before the update.');
  }
}

async function createTables(runner: QueryRunner): Promise<void> {
  const isPostgres = runner.connection.options.type === 'postgres';
  const text = { type: 'varchar', ...(isPostgres && { collation: 'C' }) };
  await runner.createTable(
    new Table({
      name: 'disclosure_readings',
      columns: [
        { name: 'sequence', type: 'integer', isPrimary: true },
        { name: 'at', type: 'bigint' },
        { name: 'reader', type: 'integer' },
        { name: 'links', ...text },
        { name: 'hash', ...text },
      ],
      indices: [{ name: 'ix_disclosure_readings_at', columnNames: ['at'] }],
    }),
  );
  await runner.createTable(
    new Table({
      name: 'disclosure_texts',
      columns: [
        { name: 'id', type: 'integer', isPrimary: true },
        { name: 'digest', ...text },
        { name: 'text', ...text },
      ],
      indices: [{ name: 'ix_disclosure_texts_digest', columnNames: ['digest'], isUnique: true }],
    }),
  );
  await runner.createTable(
    new Table({
      name: 'disclosure_anchors',
      columns: [
        { name: 'sequence', type: 'integer', isPrimary: true },
        { name: 'hash', ...text },
      ],
    }),
  );
}

/** One row for each link, so that the hash of each is kept. */
async function moveLinks(
  runner: QueryRunner,
  links: readonly OldLink[],
  texts: Map<string, number>,
): Promise<void> {
  const added: unknown[][] = [];
  const idOf = (text: string): number => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    const id = texts.size + 1;
    texts.set(text, id);
    added.push([id, createHash('sha256').update(text).digest('base64url'), text]);
    return id;
  };
  const rows = links.map((link) => {
    const { reader_organisation, reader, role, purpose, operation_name } = link;
    const who = JSON.stringify([reader_organisation, reader, role, purpose, operation_name]);
    const what = JSON.stringify([link.type, readFields(link.fields)]);
    return [
      link.sequence,
      // A time that cannot be parsed was changed by somebody. Its hash is invalid in either form.
      Date.parse(link.at) || 0,
      idOf(who),
      `${idOf(what)}:${link.records}`,
      Buffer.from(link.hash, 'hex').toString('base64url'),
    ];
  });
  await insert(runner, '"disclosure_texts" ("id", "digest", "text")', added);
  await insert(runner, '"disclosure_readings" ("sequence", "at", "reader", "links", "hash")', rows);
}

function readFields(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

async function insert(
  runner: QueryRunner,
  into: string,
  rows: readonly unknown[][],
): Promise<void> {
  if (rows.length === 0) return;
  const { driver } = runner.connection;
  let index = 0;
  const places = rows.map(
    (row) => `(${row.map(() => driver.createParameter('', index++)).join(', ')})`,
  );
  await runner.query(`INSERT INTO ${into} VALUES ${places.join(', ')}`, rows.flat());
}
