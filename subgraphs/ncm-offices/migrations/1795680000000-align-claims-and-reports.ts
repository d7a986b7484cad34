import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Gives claims and reports the same columns as at every partner: a claim’s value is a text of any
 * length.
 */
export class AlignClaimsAndReports1795680000000 implements MigrationInterface {
  readonly name = 'AlignClaimsAndReports1795680000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await setType(queryRunner, 'text');
    await setCollation(queryRunner, 'COLLATE "C"');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await setCollation(queryRunner, 'COLLATE "default"');
    await setType(queryRunner, 'varchar');
  }
}

async function setType(queryRunner: QueryRunner, type: 'text' | 'varchar'): Promise<void> {
  if (isPostgres(queryRunner)) {
    await queryRunner.query(`ALTER TABLE "claims" ALTER COLUMN "value" TYPE ${type}`);
    return;
  }
  const table = await queryRunner.getTable('claims');
  const value = table?.findColumnByName('value');
  if (!table || !value) throw new Error('There is no claims.value.');
  const changed = value.clone();
  changed.type = type;
  await queryRunner.changeColumn(table, value, changed);
}

/** SQLite compares by code points by default. */
async function setCollation(queryRunner: QueryRunner, collation: string): Promise<void> {
  if (!isPostgres(queryRunner)) return;
  for (const [table, column] of [
    ['claims', 'property'],
    ['claims', 'source'],
    ['participant_reports', 'visit_id'],
  ]) {
    await queryRunner.query(
      `ALTER TABLE "${table}" ALTER COLUMN "${column}" TYPE varchar ${collation}`,
    );
  }
}

const isPostgres = ({ connection }: QueryRunner): boolean => connection.options.type === 'postgres';
