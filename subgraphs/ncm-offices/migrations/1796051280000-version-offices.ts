import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds what an office needs that its own people keep: a version, and the day of its last check. */
export class VersionOffices1796051280000 implements MigrationInterface {
  readonly name = 'VersionOffices1796051280000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "offices" ADD COLUMN "version" integer NOT NULL DEFAULT 1');
    await runner.query('ALTER TABLE "offices" ADD COLUMN "checked_on" varchar');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "offices" DROP COLUMN "checked_on"');
    await runner.query('ALTER TABLE "offices" DROP COLUMN "version"');
  }
}
