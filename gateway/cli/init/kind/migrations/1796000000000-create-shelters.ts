import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Never change a migration that has run somewhere. Add another one. */
export class CreateShelters1796000000000 implements MigrationInterface {
  readonly name = 'CreateShelters1796000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Ids and codes compare by code points. SQLite does this by default.
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const text = (name: string) => ({ name, type: 'varchar', isNullable: true });
    await queryRunner.createTable(
      new Table({
        name: 'shelters',
        columns: [
          { name: 'id', type: 'varchar', isPrimary: true, collation },
          { name: 'name', type: 'varchar' },
          text('city'),
          { ...text('country'), collation },
          { name: 'places', type: 'integer', isNullable: true },
          text('contact'),
          { ...text('visit_id'), collation },
        ],
        indices: [
          new TableIndex({ name: 'shelters_by_country', columnNames: ['country'] }),
          new TableIndex({ name: 'shelters_by_visit', columnNames: ['visit_id'] }),
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('shelters');
  }
}
