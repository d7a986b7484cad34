import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates the formalities and the travel needs of delegates. */
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
        columnNames: ['delegate_id'],
        referencedTableName: 'delegates',
        referencedColumnNames: ['id'],
      },
    ];
    await queryRunner.createTable(
      new Table({
        name: 'delegate_formalities',
        columns: [
          key('group_id'),
          key('kind'),
          code('status'),
          code('status_on'),
          text('note'),
          key('delegate_id'),
        ],
        indices: [{ name: 'delegate_formalities_by_group', columnNames: ['group_id'] }],
        foreignKeys: foreignKeys('delegate_formalities_delegate'),
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'delegate_travel_needs',
        columns: [
          text('diet'),
          text('access'),
          text('emergency_contact'),
          code('set_on'),
          key('delegate_id'),
        ],
        foreignKeys: foreignKeys('delegate_travel_needs_delegate'),
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('delegate_travel_needs');
    await queryRunner.dropTable('delegate_formalities');
  }
}
