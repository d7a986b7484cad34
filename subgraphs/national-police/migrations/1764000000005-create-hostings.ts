import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateHostings1764000000005 implements MigrationInterface {
  readonly name = 'CreateHostings1764000000005';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const varchar = { type: 'varchar', collation };
    const toUnit = {
      columnNames: ['unit_id'],
      referencedTableName: 'police_units',
      referencedColumnNames: ['id'],
    };
    await queryRunner.createTable(
      new Table({
        name: 'hostings',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'visit_id', ...varchar },
          { name: 'unit_id', ...varchar },
          { name: 'status', ...varchar },
          { name: 'accommodation', type: 'text', isNullable: true },
          { name: 'transport', type: 'text', isNullable: true },
          { name: 'emergency_contact', type: 'text', isNullable: true },
        ],
        indices: [
          { name: 'ix_hostings_visit', columnNames: ['visit_id', 'id'] },
          { name: 'ix_hostings_unit', columnNames: ['unit_id', 'id'] },
        ],
        foreignKeys: [{ name: 'fk_hostings_unit', ...toUnit }],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'stop_confirmations',
        columns: [
          { name: 'stop_id', ...varchar, isPrimary: true },
          { name: 'unit_id', ...varchar },
          { name: 'stop_version', type: 'integer' },
          { name: 'confirmed_on', ...varchar },
        ],
        indices: [{ name: 'ix_stop_confirmations_unit', columnNames: ['unit_id'] }],
        foreignKeys: [{ name: 'fk_stop_confirmations_unit', ...toUnit }],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('stop_confirmations');
    await queryRunner.dropTable('hostings');
  }
}
