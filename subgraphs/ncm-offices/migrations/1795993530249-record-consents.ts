import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Adds the version of the visit that a confirmation was given for. Null for confirmations from before
 * this migration.
 */
export class RecordConsents1795993530249 implements MigrationInterface {
  readonly name = 'RecordConsents1795993530249';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'ALTER TABLE "regional_hostings" ADD COLUMN "confirmed_version" integer',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "regional_hostings" DROP COLUMN "confirmed_version"');
  }
}
