import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds what offices and the regions that they cover need, so that the offices’ own people keep them. */
export class KeepNetwork1796062689346 implements MigrationInterface {
  readonly name = 'KeepNetwork1796062689346';

  async up(runner: QueryRunner): Promise<void> {
    const text = runner.connection.options.type === 'postgres' ? 'varchar COLLATE "C"' : 'varchar';
    await runner.query(`ALTER TABLE "offices" ADD COLUMN "merged_into_id" ${text}`);
    await runner.query('CREATE INDEX "offices_by_merging" ON "offices" ("merged_into_id")');
    await runner.query(`ALTER TABLE "regions" ADD COLUMN "coverage_checked_on" ${text}`);
    await runner.query('ALTER TABLE "regions" ADD COLUMN "version" integer NOT NULL DEFAULT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "regions" DROP COLUMN "version"');
    await runner.query('ALTER TABLE "regions" DROP COLUMN "coverage_checked_on"');
    await runner.query('DROP INDEX "offices_by_merging"');
    await runner.query('ALTER TABLE "offices" DROP COLUMN "merged_into_id"');
  }
}
