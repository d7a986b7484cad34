import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * Adds the days and hosts that a visit had before they changed. Consents from before this migration
 * count as given for the days that the visit has at the time of the migration.
 */
export class KeepEarlierPlans1795995300153 implements MigrationInterface {
  readonly name = 'KeepEarlierPlans1795995300153';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const varchar = { type: 'varchar', collation };
    await queryRunner.createTable(
      new Table({
        name: 'earlier_plans',
        columns: [
          { name: 'visit_id', ...varchar, isPrimary: true },
          { name: 'until_version', type: 'integer', isPrimary: true },
          { name: 'starts_on', ...varchar, isNullable: true },
          { name: 'ends_on', ...varchar, isNullable: true },
          { name: 'host_countries', type: 'text' },
        ],
        foreignKeys: [
          {
            name: 'fk_earlier_plans_visit',
            columnNames: ['visit_id'],
            referencedTableName: 'visits',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('earlier_plans');
  }
}
