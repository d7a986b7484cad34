import {
  Table,
  TableForeignKey,
  TableIndex,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';

export class CreateOffices1795500000000 implements MigrationInterface {
  readonly name = 'CreateOffices1795500000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Strings compare by code points. SQLite does this by default.
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const id = (name = 'id') => ({ name, type: 'varchar', isPrimary: true, collation });
    const key = (name: string) => ({ name, type: 'varchar', collation });
    const text = (name: string) => ({ name, type: 'varchar' });
    const long = (name: string) => ({ name, type: 'text' });
    const optional = <Column>(column: Column) => ({ ...column, isNullable: true });
    const index = (name: string, ...columnNames: string[]) => new TableIndex({ name, columnNames });
    const refersTo = (name: string, column: string, table: string, referenced = 'id') =>
      new TableForeignKey({
        name,
        columnNames: [column],
        referencedTableName: table,
        referencedColumnNames: [referenced],
      });

    await queryRunner.createTable(
      new Table({
        name: 'offices',
        columns: [
          id(),
          text('name'),
          key('kind'),
          text('city'),
          optional(key('country')),
          optional(key('opened_on')),
          optional(text('opened_precision')),
          optional(key('closed_on')),
          optional(text('closed_precision')),
          optional(key('parent_id')),
          long('variants'),
          optional(text('source')),
          optional(long('role')),
          optional(long('note')),
          { ...long('search_text'), collation },
        ],
        indices: [
          index('offices_by_kind', 'kind'),
          index('offices_by_country', 'country'),
          index('offices_by_opening', 'opened_on'),
          index('offices_by_closing', 'closed_on'),
          index('offices_by_parent', 'parent_id'),
        ],
        foreignKeys: [refersTo('offices_parent', 'parent_id', 'offices')],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'claims',
        columns: [
          id(),
          key('office_id'),
          text('property'),
          text('value'),
          optional(text('source')),
          { name: 'preferred', type: 'boolean' },
          optional(long('note')),
        ],
        indices: [index('claims_by_office', 'office_id')],
        foreignKeys: [refersTo('claims_office', 'office_id', 'offices')],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'regions',
        columns: [
          id('code'),
          text('name'),
          long('variants'),
          text('country'),
          optional(key('office_id')),
        ],
        indices: [index('regions_by_office', 'office_id')],
        foreignKeys: [refersTo('regions_office', 'office_id', 'offices')],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'regional_sites',
        columns: [
          id(),
          text('name'),
          key('sector'),
          optional(text('city')),
          text('country'),
          optional(key('region_code')),
          optional(text('organisation_id')),
          optional(text('event_id')),
          optional(text('kind')),
          optional(text('visited_on')),
          optional(long('note')),
          text('evidence'),
          optional(text('source')),
        ],
        indices: [
          index('regional_sites_by_sector', 'sector'),
          index('regional_sites_by_region', 'region_code'),
        ],
        foreignKeys: [refersTo('regional_sites_region', 'region_code', 'regions', 'code')],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['regional_sites', 'regions', 'claims', 'offices']) {
      await queryRunner.dropTable(table);
    }
  }
}
