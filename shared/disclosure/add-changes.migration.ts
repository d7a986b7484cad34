import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets the record hold changes beside readings. What was changed before is not in it. */
export class AddChanges1764000007000 implements MigrationInterface {
  readonly name = 'AddChanges1764000007000';

  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.connection.options.type === 'postgres';
    const text = `varchar${isPostgres ? ' COLLATE "C"' : ''}`;
    await runner.query(`ALTER TABLE "disclosure_readings" ADD "subject" ${text}`);
    await runner.query(`ALTER TABLE "disclosure_readings" ADD "reason" ${text}`);
    // The readings are many, and have no subject: the indexes are as small as the changes are few.
    const changes = 'WHERE "subject" IS NOT NULL';
    await runner.query(
      `CREATE INDEX "ix_disclosure_readings_subject" ON "disclosure_readings" ("subject", "sequence") ${changes}`,
    );
    await runner.query(
      `CREATE INDEX "ix_disclosure_readings_changes" ON "disclosure_readings" ("sequence") ${changes}`,
    );
  }

  async down(): Promise<void> {
    throw new Error(
      'The record would lose its changes. The back-up from before the update has the earlier form.',
    );
  }
}
