import { fillSearchText } from '@hub/shared/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables that get the day of their source, and whether its people change their rows. */
const tables = [
  ['statements', true],
  ['outcomes', true],
  ['memberships', true],
  ['links', false],
] as const;

/** Adds what a record needs that the network’s own people keep, and the searched form of cities. */
export class KeepStatements1796064151263 implements MigrationInterface {
  readonly name = 'KeepStatements1796064151263';

  async up(runner: QueryRunner): Promise<void> {
    const text = runner.connection.options.type === 'postgres' ? 'varchar COLLATE "C"' : 'varchar';
    for (const [table, hasVersion] of tables) {
      await runner.query(`ALTER TABLE "${table}" ADD COLUMN "checked_on" ${text}`);
      if (hasVersion)
        await runner.query(
          `ALTER TABLE "${table}" ADD COLUMN "version" integer NOT NULL DEFAULT 1`,
        );
    }
    await runner.query(
      `ALTER TABLE "organisations" ADD COLUMN "city_text" ${text} NOT NULL DEFAULT ''`,
    );
    await fillSearchText(runner, 'organisations', ['city'], 'city_text');
    await runner.query(
      'CREATE INDEX "ix_organisations_city" ON "organisations" ("city_text", "id")',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "ix_organisations_city"');
    await runner.query('ALTER TABLE "organisations" DROP COLUMN "city_text"');
    for (const [table, hasVersion] of tables) {
      if (hasVersion) await runner.query(`ALTER TABLE "${table}" DROP COLUMN "version"`);
      await runner.query(`ALTER TABLE "${table}" DROP COLUMN "checked_on"`);
    }
  }
}
