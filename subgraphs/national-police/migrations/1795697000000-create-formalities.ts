import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates the formalities and the travel needs of officers. */
export class CreateFormalities1795697000000 implements MigrationInterface {
  readonly name = 'CreateFormalities1795697000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const text = (name: string) => ({ name, type: 'text', isNullable: true });
    const code = (name: string) => ({ name, type: 'varchar', collation });
    const key = (name: string) => ({ ...code(name), isPrimary: true });
    const foreignKeys = (name: string) => [
      {
        name,
        columnNames: ['officer_id'],
        referencedTableName: 'officers',
        referencedColumnNames: ['id'],
      },
    ];
    await queryRunner.createTable(
      new Table({
        name: 'officer_formalities',
        columns: [
          key('group_id'),
          key('kind'),
          code('status'),
          code('status_on'),
          text('note'),
          key('officer_id'),
        ],
        indices: [{ name: 'ix_officer_formalities_group', columnNames: ['group_id'] }],
        foreignKeys: foreignKeys('fk_officer_formalities_officer'),
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'officer_travel_needs',
        columns: [
          text('diet'),
          text('access'),
          text('emergency_contact'),
          code('set_on'),
          key('officer_id'),
        ],
        foreignKeys: foreignKeys('fk_officer_travel_needs_officer'),
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('officer_travel_needs');
    await queryRunner.dropTable('officer_formalities');
  }
}
