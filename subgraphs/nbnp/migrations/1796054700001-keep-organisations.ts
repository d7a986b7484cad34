import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds what an organisation needs that the network’s own people keep. */
export class KeepOrganisations1796054700001 implements MigrationInterface {
  readonly name = 'KeepOrganisations1796054700001';

  async up(runner: QueryRunner): Promise<void> {
    const text = runner.connection.options.type === 'postgres' ? 'varchar COLLATE "C"' : 'varchar';
    const add = (column: string) =>
      runner.query(`ALTER TABLE "organisations" ADD COLUMN ${column}`);
    await add(`"closed_on" ${text}`);
    await add(`"checked_on" ${text}`);
    await add(`"merged_into_id" ${text}`);
    await add('"version" integer NOT NULL DEFAULT 1');
    await runner.query(
      'CREATE INDEX "ix_organisations_merged" ON "organisations" ("merged_into_id")',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "ix_organisations_merged"');
    for (const column of ['version', 'merged_into_id', 'checked_on', 'closed_on'])
      await runner.query(`ALTER TABLE "organisations" DROP COLUMN "${column}"`);
  }
}
