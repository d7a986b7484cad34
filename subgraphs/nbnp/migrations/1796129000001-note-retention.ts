import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates what runs of the retention note of contacts during visits, and of themselves. */
export class NoteRetention1796129000001 implements MigrationInterface {
  readonly name = 'NoteRetention1796129000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const text = (name: string) => ({ name, type: 'varchar', collation });
    await queryRunner.createTable(
      new Table({
        name: 'retention_notices',
        columns: [
          { ...text('person'), isPrimary: true },
          { ...text('kind'), isPrimary: true },
          { ...text('found_on'), isNullable: true },
          { ...text('due_on'), isNullable: true },
          { ...text('noticed_on'), isNullable: true },
          { ...text('erased_at'), isNullable: true },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'retention_runs',
        columns: [{ name: 'id', type: 'integer', isPrimary: true }, text('ran_on')],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('retention_runs');
    await queryRunner.dropTable('retention_notices');
  }
}
