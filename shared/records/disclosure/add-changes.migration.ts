import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets the record contain changes as well as readings. It does not have earlier changes. */
export class AddChanges1764000007000 implements MigrationInterface {
  readonly name = 'AddChanges1764000007000';

  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.connection.options.type === 'postgres';
    const text = `varchar${isPostgres ? ' COLLATE "C"' : ''}`;
    await runner.query(`ALTER TABLE "disclosure_readings" ADD "subject" ${text}`);
    await runner.query(`ALTER TABLE "disclosure_readings" ADD "reason" ${text}`);
    // There are many readings without a subject and few changes, so partial indexes are small.
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
