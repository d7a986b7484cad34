import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateNationalSites1764000000002 implements MigrationInterface {
  readonly name = 'CreateNationalSites1764000000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const varchar = { type: 'varchar', collation };
    await queryRunner.createTable(
      new Table({
        name: 'national_sites',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'name', ...varchar },
          { name: 'sector', ...varchar },
          { name: 'city', ...varchar, isNullable: true },
          { name: 'country', ...varchar },
          { name: 'unit_id', ...varchar, isNullable: true },
          { name: 'organisation_id', ...varchar, isNullable: true },
          { name: 'event_id', ...varchar, isNullable: true },
          { name: 'kind', ...varchar, isNullable: true },
          { name: 'visited_on', ...varchar, isNullable: true },
          { name: 'note', type: 'text', isNullable: true },
          { name: 'evidence', ...varchar },
          { name: 'source', ...varchar, isNullable: true },
          { name: 'search_text', type: 'text' },
        ],
        indices: [
          { name: 'ix_national_sites_order', columnNames: ['country', 'name', 'id'] },
          { name: 'ix_national_sites_sector', columnNames: ['sector'] },
          { name: 'ix_national_sites_unit', columnNames: ['unit_id'] },
        ],
        foreignKeys: [
          {
            name: 'fk_national_sites_unit',
            columnNames: ['unit_id'],
            referencedTableName: 'police_units',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('national_sites');
  }
}
