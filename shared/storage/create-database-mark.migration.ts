import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates the table of the database’s mark, in every partner’s database. */
export class CreateDatabaseMark1764000005000 implements MigrationInterface {
  readonly name = 'CreateDatabaseMark1764000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'database_mark',
        columns: [
          { name: 'id', type: 'varchar', isPrimary: true },
          { name: 'partner', type: 'varchar' },
          { name: 'created_at', type: 'varchar' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('database_mark');
  }
}
