import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates the contacts that delegates share by their consent. */
export class ShareContacts1796078143205 implements MigrationInterface {
  readonly name = 'ShareContacts1796078143205';

  async up(runner: QueryRunner): Promise<void> {
    const collation = runner.connection.options.type === 'postgres' ? 'C' : undefined;
    const code = (name: string, isNullable = false) => ({
      name,
      type: 'varchar',
      collation,
      isNullable,
    });
    await runner.createTable(
      new Table({
        name: 'shared_contacts',
        columns: [
          { ...code('id'), isPrimary: true },
          code('shared_with'),
          code('group_id', true),
          code('programme_id', true),
          code('work_address', true),
          code('given_on'),
          code('until_on'),
          { name: 'version', type: 'integer', default: 1 },
          code('delegate_id'),
        ],
        indices: [
          { name: 'ix_shared_contacts_delegate', columnNames: ['delegate_id'] },
          {
            name: 'ix_shared_contacts_scope',
            columnNames: ['shared_with', 'group_id', 'programme_id', 'id'],
          },
        ],
        foreignKeys: [
          {
            name: 'fk_shared_contacts_delegate',
            columnNames: ['delegate_id'],
            referencedTableName: 'delegates',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('shared_contacts');
  }
}
