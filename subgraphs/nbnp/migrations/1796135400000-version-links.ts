import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links are changed by people, who must not overwrite each other. */
export class VersionLinks1796135400000 implements MigrationInterface {
  readonly name = 'VersionLinks1796135400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "links" ADD COLUMN "version" integer NOT NULL DEFAULT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "links" DROP COLUMN "version"');
  }
}
