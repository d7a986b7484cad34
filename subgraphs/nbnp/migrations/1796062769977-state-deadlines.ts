import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the deadlines of programmes. A programme of before states none. */
export class StateDeadlines1796062769977 implements MigrationInterface {
  readonly name = 'StateDeadlines1796062769977';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "programmes" ADD COLUMN "deadlines" text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "programmes" DROP COLUMN "deadlines"');
  }
}
