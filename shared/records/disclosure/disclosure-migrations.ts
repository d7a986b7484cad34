import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { CreateCompactDisclosures1764000004000 } from './create-compact-disclosures.migration.js';

/** Creates the table of the disclosure record, the same in every partner’s database. */
export class CreateDisclosures1764000001000 implements MigrationInterface {
  readonly name = 'CreateDisclosures1764000001000';

  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.connection.options.type === 'postgres';
    const text = { type: 'varchar', ...(isPostgres && { collation: 'C' }) };
    await runner.createTable(
      new Table({
        name: 'disclosures',
        columns: [
          { name: 'sequence', type: 'integer', isPrimary: true },
          { name: 'at', ...text },
          { name: 'reader_organisation', ...text },
          { name: 'reader', ...text },
          { name: 'role', ...text },
          { name: 'purpose', ...text, isNullable: true },
          { name: 'operation_name', ...text, isNullable: true },
          { name: 'type', ...text },
          { name: 'fields', type: 'text' },
          { name: 'records', type: 'integer' },
          { name: 'previous_hash', ...text },
          { name: 'hash', ...text },
        ],
        indices: [{ name: 'ix_disclosures_at', columnNames: ['at'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('disclosures');
  }
}

/** Lets the record contain changes as well as readings. It does not have earlier changes. */
class AddChanges1764000007000 implements MigrationInterface {
  readonly name = 'AddChanges1764000007000';

  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.connection.options.type === 'postgres';
    const text = `varchar${isPostgres ? ' COLLATE "C"' : ''}`;
    await runner.query(`ALTER TABLE "disclosure_readings" ADD "subject" ${text}`);
    await runner.query(`ALTER TABLE "disclosure_readings" ADD "reason" ${text}`);
    // There are many readings without a subject and few changes, so partial indexes are small.
    const changes = 'WHERE "subject" IS NOT NULL';
    await runner.query(
      `CREATE INDEX "ix_disclosure_readings_subject" ON "disclosure_readings" ("subject", "sequence") ${changes}`,
    );
    await runner.query(
      `CREATE INDEX "ix_disclosure_readings_changes" ON "disclosure_readings" ("sequence") ${changes}`,
    );
  }

  async down(): Promise<void> {
    throw new Error(
      'The record would lose its changes. The back-up from before the update has the earlier form.',
    );
  }
}

/** Finds what a person or an organisation has read without reading the rest of the record. */
class IndexReaders1796021800000 implements MigrationInterface {
  readonly name = 'IndexReaders1796021800000';

  async up(runner: QueryRunner): Promise<void> {
    // A whole text may be too long for an index.
    await runner.query(
      `CREATE INDEX "ix_disclosure_texts_beginning" ON "disclosure_texts" (substr("text", 1, 100))`,
    );
    await runner.query(
      `CREATE INDEX "ix_disclosure_readings_reader" ON "disclosure_readings" ("reader", "sequence") WHERE "subject" IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "ix_disclosure_readings_reader"');
    await runner.query('DROP INDEX "ix_disclosure_texts_beginning"');
  }
}

/** Lets a reading name whom it was about. Earlier readings cannot tell. */
class NameReadings1796074400000 implements MigrationInterface {
  readonly name = 'NameReadings1796074400000';

  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.connection.options.type === 'postgres';
    const text = `varchar${isPostgres ? ' COLLATE "C"' : ''}`;
    await runner.query(`ALTER TABLE "disclosure_readings" ADD "people" ${text}`);
    await runner.query(
      `CREATE TABLE "person_keys" ("person" ${text} PRIMARY KEY NOT NULL, "key" ${text})`,
    );
    await runner.query(
      `CREATE INDEX "ix_person_keys_removed" ON "person_keys" ("person") WHERE "key" IS NULL`,
    );
    const form = isPostgres ? '' : ' WITHOUT ROWID';
    await runner.query(`CREATE TABLE "person_days" ("tag" ${text} PRIMARY KEY NOT NULL)${form}`);
  }

  async down(): Promise<void> {
    throw new Error(
      'The record would no longer tell whom it is about. The back-up from before the update has the earlier form.',
    );
  }
}

/** Finds the readings about people of a day, and the first of all, without reading the rest of the record. */
class IndexPeople1796076600000 implements MigrationInterface {
  readonly name = 'IndexPeople1796076600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX "ix_disclosure_readings_people" ON "disclosure_readings" ("at") WHERE "people" IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "ix_disclosure_readings_people"');
  }
}

/** Stores the names of readers beside the record, so that they can be erased. Earlier readings keep theirs. */
class NameReaders1796079600000 implements MigrationInterface {
  readonly name = 'NameReaders1796079600000';

  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.connection.options.type === 'postgres';
    const text = `varchar${isPostgres ? ' COLLATE "C"' : ''} NOT NULL`;
    const columns = ['organisation', 'subject', 'key', 'month'].map((name) => `"${name}" ${text}`);
    await runner.query(
      `CREATE TABLE "reader_names" ("tag" ${text} PRIMARY KEY, ${columns.join(', ')})`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_reader_names_reader" ON "reader_names" ("organisation", "subject", "month")`,
    );
  }

  async down(): Promise<void> {
    throw new Error(
      'The record would no longer tell who read. The back-up from before the update has the earlier form.',
    );
  }
}

/** The migrations of the record of disclosures, in order. */
export const disclosureMigrations = [
  CreateDisclosures1764000001000,
  CreateCompactDisclosures1764000004000,
  AddChanges1764000007000,
  IndexReaders1796021800000,
  NameReadings1796074400000,
  IndexPeople1796076600000,
  NameReaders1796079600000,
];
