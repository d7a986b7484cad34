import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notes which practical information members say that they have read. That of before is the first. */
export class NoteInformationReads1796078143191 implements MigrationInterface {
  readonly name = 'NoteInformationReads1796078143191';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE "visits" ADD COLUMN "information_version" integer NOT NULL DEFAULT 1',
    );
    const text = runner.connection.options.type === 'postgres' ? 'varchar COLLATE "C"' : 'varchar';
    await runner.query(`CREATE TABLE "information_reads" (
      "visit_id" ${text} NOT NULL,
      "participant_id" ${text} NOT NULL,
      "information_version" integer NOT NULL,
      "read_on" ${text} NOT NULL,
      PRIMARY KEY ("visit_id", "participant_id"),
      CONSTRAINT "fk_information_reads_visit" FOREIGN KEY ("visit_id") REFERENCES "visits" ("id")
    )`);
    await runner.query(
      'CREATE INDEX "ix_information_reads_person" ON "information_reads" ("participant_id")',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "information_reads"');
    await runner.query('ALTER TABLE "visits" DROP COLUMN "information_version"');
  }
}
