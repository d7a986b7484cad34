import { createHash } from 'node:crypto';
import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { bothDatabases } from '../../testing/databases.js';
import { type DisclosureLink, isReading } from '../chain/chain.js';
import { walkReadings } from '../chain/stored-form.js';
import { disclosureEntities } from '../chain/stored.entity.js';
import { CreateDisclosures1764000001000, disclosureMigrations } from './disclosure-migrations.js';
import { recordDisclosures } from './record.js';
import { verifyDisclosures } from './verify.js';

const linkOf = (sequence: number): DisclosureLink => ({
  sequence,
  at: `2026-11-0${1 + (sequence % 9)}T12:00:00.123Z`,
  readerOrganisation: sequence % 2 ? 'dk' : '',
  reader: `somebody ${sequence % 3} "ø"`,
  role: 'coordinator',
  purpose: sequence % 2 ? 'hosting' : null,
  operationName: sequence % 3 ? 'Who' : null,
  clientName: null,
  type: 'Officer',
  fields: sequence % 2 ? ['email', 'name'] : ['name'],
  records: sequence,
  people: null,
  isRefused: false,
});

/** Writes links in the form of the first version. Returns the last hash. */
async function fillOld(source: DataSource, count: number): Promise<string> {
  let previous = '0'.repeat(64);
  for (let sequence = 1; sequence <= count; sequence += 1) {
    const link = linkOf(sequence);
    const { at, readerOrganisation, reader, role, purpose, operationName } = link;
    const { type, fields, records } = link;
    const who = [readerOrganisation, reader, role, purpose, operationName];
    const content = [previous, sequence, at, ...who, type, fields, records];
    const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
    const values = [sequence, at, ...who, type, JSON.stringify(fields), records, previous, hash];
    const places = values.map((_, index) => source.driver.createParameter('', index));
    await source.query(
      `INSERT INTO disclosures (sequence, at, reader_organisation, reader, role, purpose,
        operation_name, type, fields, records, previous_hash, hash) VALUES (${places.join(', ')})`,
      values,
    );
    previous = hash;
  }
  return previous;
}

const openOld = (url: string) =>
  openDatabase({ url, entities: [], migrations: [CreateDisclosures1764000001000] });
const openNew = (url: string) =>
  openDatabase({ url, entities: disclosureEntities, migrations: disclosureMigrations });

describe.each(bothDatabases)('a record of the earlier form on $name', ({ create }) => {
  it('has the same content and hashes in the new form, and can be continued', async () => {
    await using database = await create();
    const old = await openOld(database.url);
    const lastHash = await fillOld(old, 1_005);
    await old.destroy();
    const source = await openNew(database.url);
    const expected = { isWhole: true, links: 1_005, lastHash, archived: 0 };
    expect(await verifyDisclosures(source)).toEqual(expected);
    const found: DisclosureLink[] = [];
    for await (const { links } of walkReadings(source.manager, 0))
      found.push(...links.filter(isReading));
    expect(found).toEqual(found.map((_, index) => linkOf(index + 1)));
    await recordDisclosures({
      source,
      reader: { kind: 'anonymous' },
      operationName: null,
      readings: [{ type: 'Officer', fields: ['name'], records: 1 }],
      at: new Date(),
    });
    expect(await verifyDisclosures(source)).toMatchObject({ isWhole: true, links: 1_006 });
    await source.destroy();
  });

  it('stays broken at the same links', async () => {
    await using database = await create();
    const old = await openOld(database.url);
    await fillOld(old, 5);
    await old.query(`UPDATE disclosures SET at = 'yesterday' WHERE sequence = 4`);
    await old.query(`UPDATE disclosures SET fields = 'none' WHERE sequence = 5`);
    await old.destroy();
    const source = await openNew(database.url);
    expect(await verifyDisclosures(source)).toMatchObject({ isWhole: false, sequence: 4 });
    await source.destroy();
  });
});
