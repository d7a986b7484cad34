import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds what a person or an organisation has read without reading the rest of the record. */
export class IndexReaders1796021800000 implements MigrationInterface {
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
