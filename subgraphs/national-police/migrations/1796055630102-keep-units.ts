import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds what a unit needs that the police force’s own people keep. */
export class KeepUnits1796055630102 implements MigrationInterface {
  readonly name = 'KeepUnits1796055630102';

  async up(runner: QueryRunner): Promise<void> {
    const text = runner.connection.options.type === 'postgres' ? 'varchar COLLATE "C"' : 'varchar';
    const add = (column: string) => runner.query(`ALTER TABLE "police_units" ADD COLUMN ${column}`);
    await add(`"checked_on" ${text}`);
    await add(`"merged_into_id" ${text}`);
    await add('"version" integer NOT NULL DEFAULT 1');
    await runner.query(
      'CREATE INDEX "ix_police_units_merged" ON "police_units" ("merged_into_id")',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "ix_police_units_merged"');
    for (const column of ['version', 'merged_into_id', 'checked_on'])
      await runner.query(`ALTER TABLE "police_units" DROP COLUMN "${column}"`);
  }
}
