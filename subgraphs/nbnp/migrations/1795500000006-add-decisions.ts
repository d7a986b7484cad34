import type { MigrationInterface, QueryRunner } from 'typeorm';

const reason = 'cancel_reason';

/** Adds the reason of a cancellation, and allows an evaluation without a summary. */
export class AddDecisions1795500000006 implements MigrationInterface {
  readonly name = 'AddDecisions1795500000006';

  async up(queryRunner: QueryRunner): Promise<void> {
    // By hand: TypeORM would rebuild the table on SQLite while other tables refer to it.
    await queryRunner.query(`ALTER TABLE "groups" ADD COLUMN "${reason}" text`);
    await setSummaryNullable(queryRunner, true);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await setSummaryNullable(queryRunner, false);
    await queryRunner.query(`ALTER TABLE "groups" DROP COLUMN "${reason}"`);
  }
}

async function setSummaryNullable(queryRunner: QueryRunner, isNullable: boolean): Promise<void> {
  const table = await queryRunner.getTable('evaluation_signatures');
  const summary = table?.findColumnByName('summary');
  if (!table || !summary) throw new Error('There is no evaluation_signatures.summary.');
  const changed = summary.clone();
  changed.isNullable = isNullable;
  await queryRunner.changeColumn(table, summary, changed);
}
