import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  'delegate_formalities',
  'delegate_travel_needs',
  'participant_reports',
  'group_meetings',
];

/** Adds the versions by which two people cannot overwrite each other’s values. */
export class VersionParts1795999110003 implements MigrationInterface {
  readonly name = 'VersionParts1795999110003';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables)
      await runner.query(`ALTER TABLE "${table}" ADD COLUMN "version" integer NOT NULL DEFAULT 1`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.query(`ALTER TABLE "${table}" DROP COLUMN "version"`);
  }
}
