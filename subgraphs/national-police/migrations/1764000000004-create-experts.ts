import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateExperts1764000000004 implements MigrationInterface {
  readonly name = 'CreateExperts1764000000004';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const varchar = { type: 'varchar', collation };
    await queryRunner.createTable(
      new Table({
        name: 'experts',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'name', ...varchar },
          { name: 'email', ...varchar, isNullable: true },
          { name: 'unit_id', ...varchar },
        ],
        indices: [{ name: 'ix_experts_unit', columnNames: ['unit_id', 'id'] }],
        foreignKeys: [
          {
            name: 'fk_experts_unit',
            columnNames: ['unit_id'],
            referencedTableName: 'police_units',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
    for (const [table, column] of [
      ['expert_languages', 'language'],
      ['expert_roles', 'role'],
      ['expert_fields', 'field'],
    ] as const) {
      await queryRunner.createTable(
        new Table({
          name: table,
          columns: [
            { name: 'expert_id', ...varchar, isPrimary: true },
            { name: column, ...varchar, isPrimary: true },
            { name: 'position', type: 'integer' },
          ],
          indices: [{ name: `ix_${table}_${column}`, columnNames: [column, 'expert_id'] }],
          foreignKeys: [
            {
              name: `fk_${table}_expert`,
              columnNames: ['expert_id'],
              referencedTableName: 'experts',
              referencedColumnNames: ['id'],
              onDelete: 'CASCADE',
            },
          ],
        }),
      );
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['expert_fields', 'expert_roles', 'expert_languages', 'experts']) {
      await queryRunner.dropTable(table);
    }
  }
}
