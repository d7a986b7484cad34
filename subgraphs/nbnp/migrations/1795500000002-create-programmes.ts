import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateProgrammes1795500000002 implements MigrationInterface {
  readonly name = 'CreateProgrammes1795500000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Strings compare by code points on every database, independent of the server’s locale.
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const varchar = { type: 'varchar', collation };
    await queryRunner.createTable(
      new Table({
        name: 'programmes',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'title', ...varchar },
          { name: 'starts_on', ...varchar, isNullable: true },
          { name: 'ends_on', ...varchar, isNullable: true },
          { name: 'planned_groups', type: 'integer', isNullable: true },
          { name: 'group_size_min', type: 'integer' },
          { name: 'group_size_max', type: 'integer' },
          { name: 'target_groups', type: 'text' },
          { name: 'sectors_to_show', type: 'text' },
          { name: 'working_languages', type: 'text' },
          { name: 'areas_to_involve', type: 'text', isNullable: true },
          { name: 'has_documented_groups', type: 'boolean' },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'evaluation_signatures',
        columns: [
          { name: 'programme_id', ...varchar, isPrimary: true },
          { name: 'summary', type: 'text' },
          { name: 'signed_on', ...varchar },
        ],
        foreignKeys: [
          {
            name: 'fk_evaluation_signatures_programme',
            columnNames: ['programme_id'],
            referencedTableName: 'programmes',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('evaluation_signatures');
    await queryRunner.dropTable('programmes');
  }
}
