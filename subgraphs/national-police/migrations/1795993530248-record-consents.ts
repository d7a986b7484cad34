import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Adds the version of the visit that a consent was given for, and loans that are withdrawn. Null for
 * consents from before this migration.
 */
export class RecordConsents1795993530248 implements MigrationInterface {
  readonly name = 'RecordConsents1795993530248';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? ' COLLATE "C"' : '';
    for (const statement of [
      'ALTER TABLE "hostings" ADD COLUMN "confirmed_version" integer',
      'ALTER TABLE "expert_loans" ADD COLUMN "granted_version" integer',
      `ALTER TABLE "expert_loans" ADD COLUMN "withdrawn_on" varchar${collation}`,
      'ALTER TABLE "expert_loans" ADD COLUMN "withdraw_reason" text',
    ])
      await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const column of ['withdraw_reason', 'withdrawn_on', 'granted_version'])
      await queryRunner.query(`ALTER TABLE "expert_loans" DROP COLUMN "${column}"`);
    await queryRunner.query('ALTER TABLE "hostings" DROP COLUMN "confirmed_version"');
  }
}
