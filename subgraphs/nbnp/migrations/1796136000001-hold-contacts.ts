import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates the holds that stop the erasure of contacts during visits. */
export class HoldContacts1796136000001 implements MigrationInterface {
  readonly name = 'HoldContacts1796136000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const text = (name: string) => ({ name, type: 'varchar', collation });
    await queryRunner.createTable(
      new Table({
        name: 'retention_holds',
        columns: [
          { ...text('person'), isPrimary: true },
          { name: 'reason', type: 'text' },
          { ...text('until'), isNullable: true },
          text('set_on'),
          { name: 'version', type: 'integer', default: 1 },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('retention_holds');
  }
}
