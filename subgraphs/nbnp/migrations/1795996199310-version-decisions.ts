import type { MigrationInterface, QueryRunner } from 'typeorm';

export class VersionDecisions1795996199310 implements MigrationInterface {
  readonly name = 'VersionDecisions1795996199310';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE "officer_nominations" ADD COLUMN "decision_version" integer NOT NULL DEFAULT 1',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "officer_nominations" DROP COLUMN "decision_version"');
  }
}
