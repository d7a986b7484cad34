import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the version of an expert’s record. */
export class AddExpertVersions1795693000000 implements MigrationInterface {
  readonly name = 'AddExpertVersions1795693000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'ALTER TABLE "experts" ADD COLUMN "version" integer NOT NULL DEFAULT 1',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "experts" DROP COLUMN "version"');
  }
}
