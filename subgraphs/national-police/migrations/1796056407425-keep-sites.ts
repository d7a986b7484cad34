import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds what a site needs that the police force’s own people keep. */
export class KeepSites1796056407425 implements MigrationInterface {
  readonly name = 'KeepSites1796056407425';

  async up(runner: QueryRunner): Promise<void> {
    const text = runner.connection.options.type === 'postgres' ? 'varchar COLLATE "C"' : 'varchar';
    const add = (column: string) =>
      runner.query(`ALTER TABLE "national_sites" ADD COLUMN ${column}`);
    await add(`"closed_on" ${text}`);
    await add(`"checked_on" ${text}`);
    await add(`"merged_into_id" ${text}`);
    await add('"version" integer NOT NULL DEFAULT 1');
    await runner.query(
      'CREATE INDEX "ix_national_sites_merged" ON "national_sites" ("merged_into_id")',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "ix_national_sites_merged"');
    for (const column of ['version', 'merged_into_id', 'checked_on', 'closed_on'])
      await runner.query(`ALTER TABLE "national_sites" DROP COLUMN "${column}"`);
  }
}
