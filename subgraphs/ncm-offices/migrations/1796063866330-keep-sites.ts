import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds what a site needs that the offices’ own people keep. */
export class KeepSites1796063866330 implements MigrationInterface {
  readonly name = 'KeepSites1796063866330';

  async up(runner: QueryRunner): Promise<void> {
    const text = runner.connection.options.type === 'postgres' ? 'varchar COLLATE "C"' : 'varchar';
    const add = (column: string) =>
      runner.query(`ALTER TABLE "regional_sites" ADD COLUMN ${column}`);
    for (const column of ['closed_on', 'checked_on', 'merged_into_id'])
      await add(`"${column}" ${text}`);
    await add('"version" integer NOT NULL DEFAULT 1');
    await runner.query(
      'CREATE INDEX "regional_sites_by_merging" ON "regional_sites" ("merged_into_id")',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "regional_sites_by_merging"');
    for (const column of ['version', 'merged_into_id', 'checked_on', 'closed_on'])
      await runner.query(`ALTER TABLE "regional_sites" DROP COLUMN "${column}"`);
  }
}
