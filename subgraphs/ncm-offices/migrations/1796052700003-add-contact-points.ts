import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates the contact points of functions: a mailbox, a telephone, opening hours. */
export class AddContactPoints1796052700003 implements MigrationInterface {
  readonly name = 'AddContactPoints1796052700003';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const text = (name: string) => ({ name, type: 'varchar', collation });
    const unknown = { isNullable: true };
    await queryRunner.createTable(
      new Table({
        name: 'contact_points',
        columns: [
          { ...text('id'), isPrimary: true },
          text('owner_id'),
          { ...text('function'), ...unknown },
          { ...text('mailbox'), ...unknown },
          { ...text('telephone'), ...unknown },
          { name: 'opening_hours', type: 'text', ...unknown },
          { name: 'languages', type: 'text' },
          text('source'),
          text('checked_on'),
          { name: 'version', type: 'integer', default: 1 },
        ],
        foreignKeys: [
          {
            name: 'fk_contact_points_owner',
            columnNames: ['owner_id'],
            referencedTableName: 'offices',
            referencedColumnNames: ['id'],
          },
        ],
        indices: [{ name: 'ix_contact_points_owner', columnNames: ['owner_id'] }],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('contact_points');
  }
}
