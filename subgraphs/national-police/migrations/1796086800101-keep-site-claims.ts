import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates what sources state of sites. */
export class KeepSiteClaims1796086800101 implements MigrationInterface {
  readonly name = 'KeepSiteClaims1796086800101';

  async up(runner: QueryRunner): Promise<void> {
    const collation = runner.connection.options.type === 'postgres' ? 'C' : undefined;
    const varchar = { type: 'varchar', collation };
    await runner.createTable(
      new Table({
        name: 'site_claims',
        columns: [
          { name: 'site_id', ...varchar, isPrimary: true },
          { name: 'position', type: 'integer', isPrimary: true },
          { name: 'property', ...varchar },
          { name: 'value', type: 'text' },
          { name: 'source', ...varchar, isNullable: true },
          { name: 'preferred', type: 'boolean' },
          { name: 'note', type: 'text', isNullable: true },
        ],
        foreignKeys: [
          {
            name: 'fk_site_claims_site',
            columnNames: ['site_id'],
            referencedTableName: 'national_sites',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('site_claims');
  }
}
