import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { bothDatabases } from '../../testing/databases.js';
import { readerOf } from '../../testing/open-test-partner.js';
import { readHead } from '../chain/append-rows.js';
import { disclosureEntities } from '../chain/stored.entity.js';
import { recordChanges } from '../changes/record-writes.js';
import { CreateCompactDisclosures1764000004000 } from './create-compact-disclosures.migration.js';
import { CreateDisclosures1764000001000, disclosureMigrations } from './disclosure-migrations.js';
import { recordDisclosures } from './record.js';
import { verifyDisclosures } from './verify.js';

/** A link of the earlier version: texts 1 and 2, and the hash of their content. */
const earlier = [
  `INSERT INTO "disclosure_texts" ("id", "digest", "text") VALUES (1, 'a', '["fi","fi:bo","liaison",null,"Who"]'), (2, 'b', '["Officer",["name"]]')`,
  `INSERT INTO "disclosure_readings" ("sequence", "at", "reader", "links", "hash") VALUES (1, 1763985600000, 1, '2:3', 'yyLQXAv7sOX1W6U359mdrwAAxho_E_qHPdE2vF5AzFQ')`,
];

describe.each(bothDatabases)('a record of the earlier version on $name', ({ create }) => {
  it('is valid, and continues with changes and names of clients', async () => {
    await using database = await create();
    const entities = disclosureEntities;
    const old = await openDatabase({
      url: database.url,
      entities,
      migrations: [CreateDisclosures1764000001000, CreateCompactDisclosures1764000004000],
    });
    for (const statement of earlier) await old.query(statement);
    const head = await readHead(old.manager);
    // As in a back-up from before the update.
    expect(await verifyDisclosures(old)).toMatchObject({ isWhole: true, links: 1 });
    await old.destroy();
    const source = await openDatabase({
      url: database.url,
      entities,
      migrations: disclosureMigrations,
    });
    expect(await readHead(source.manager)).toEqual(head);
    await source.transaction((manager) =>
      recordChanges(manager, {
        organisation: 'dk',
        person: null,
        mutation: 'import',
        reason: null,
        at: new Date('2026-11-26T12:00:00Z'),
        records: [{ subject: 'dk:1', fields: ['name'] }],
      }),
    );
    await recordDisclosures({
      source,
      reader: readerOf('fi', 'liaison'),
      operationName: null,
      clientName: 'desk',
      readings: [{ type: 'Officer', fields: ['name'], records: 1 }],
      at: new Date(),
    });
    expect(await verifyDisclosures(source, { noted: head })).toMatchObject({
      isWhole: true,
      links: 3,
    });
    await source.destroy();
  });
});
