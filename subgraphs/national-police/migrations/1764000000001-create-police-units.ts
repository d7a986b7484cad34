import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreatePoliceUnits1764000000001 implements MigrationInterface {
  readonly name = 'CreatePoliceUnits1764000000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Strings compare by code points on every database, independent of the server’s locale.
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const varchar = { type: 'varchar', collation };
    await queryRunner.createTable(
      new Table({
        name: 'police_units',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'name', ...varchar },
          { name: 'acronym', ...varchar, isNullable: true },
          { name: 'variants', type: 'text' },
          { name: 'country', ...varchar },
          { name: 'city', ...varchar, isNullable: true },
          { name: 'valid_from', ...varchar, isNullable: true },
          { name: 'valid_to', ...varchar, isNullable: true },
          { name: 'successor_id', ...varchar, isNullable: true },
          { name: 'parent_id', ...varchar, isNullable: true },
          { name: 'kind', ...varchar, isNullable: true },
          { name: 'note', type: 'text', isNullable: true },
          { name: 'source', ...varchar, isNullable: true },
          { name: 'search_text', type: 'text' },
        ],
        indices: [
          { name: 'ix_police_units_order', columnNames: ['country', 'name', 'id'] },
          { name: 'ix_police_units_parent', columnNames: ['parent_id'] },
          { name: 'ix_police_units_successor', columnNames: ['successor_id'] },
        ],
        foreignKeys: (['parent', 'successor'] as const).map((relation) => ({
          name: `fk_police_units_${relation}`,
          columnNames: [`${relation}_id`],
          referencedTableName: 'police_units',
          referencedColumnNames: ['id'],
        })),
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'claims',
        columns: [
          { name: 'unit_id', ...varchar, isPrimary: true },
          { name: 'position', type: 'integer', isPrimary: true },
          { name: 'property', ...varchar },
          { name: 'value', type: 'text' },
          { name: 'source', ...varchar, isNullable: true },
          { name: 'preferred', type: 'boolean' },
          { name: 'note', type: 'text', isNullable: true },
        ],
        foreignKeys: [
          {
            name: 'fk_claims_unit',
            columnNames: ['unit_id'],
            referencedTableName: 'police_units',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('claims');
    await queryRunner.dropTable('police_units');
  }
}
