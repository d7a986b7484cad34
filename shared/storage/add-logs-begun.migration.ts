import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the mark’s count of logs, in every partner’s database. */
export class AddLogsBegun1764000006000 implements MigrationInterface {
  readonly name = 'AddLogsBegun1764000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "database_mark" ADD "logs_begun" integer NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "database_mark" DROP COLUMN "logs_begun"');
  }
}
