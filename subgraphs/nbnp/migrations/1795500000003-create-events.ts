import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateEvents1795500000003 implements MigrationInterface {
  readonly name = 'CreateEvents1795500000003';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Strings compare by code points on every database, independent of the server’s locale.
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const varchar = { type: 'varchar', collation };
    await queryRunner.createTable(
      new Table({
        name: 'events',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'title', type: 'text' },
          { name: 'kind', ...varchar },
          { name: 'starts_on', ...varchar, isNullable: true },
          { name: 'ends_on', ...varchar, isNullable: true },
          { name: 'first_day', ...varchar, isNullable: true },
          { name: 'last_day', ...varchar, isNullable: true },
          { name: 'venue', ...varchar, isNullable: true },
          { name: 'city', ...varchar, isNullable: true },
          { name: 'country', ...varchar, isNullable: true },
          { name: 'series', ...varchar, isNullable: true },
          { name: 'seminar_days', type: 'integer', isNullable: true },
          { name: 'note', type: 'text', isNullable: true },
          { name: 'participants_value', type: 'integer', isNullable: true },
          { name: 'participants_qualifier', ...varchar, isNullable: true },
          { name: 'working_languages', type: 'text' },
          { name: 'target_group', type: 'text', isNullable: true },
          { name: 'part_of_id', ...varchar, isNullable: true },
          { name: 'programme_id', ...varchar, isNullable: true },
          { name: 'source', ...varchar, isNullable: true },
          { name: 'search_text', type: 'text' },
        ],
        indices: [
          { name: 'ix_events_order', columnNames: ['starts_on', 'id'] },
          { name: 'ix_events_kind', columnNames: ['kind', 'starts_on', 'id'] },
          { name: 'ix_events_programme', columnNames: ['programme_id', 'id'] },
          { name: 'ix_events_part_of', columnNames: ['part_of_id', 'id'] },
          { name: 'ix_events_span', columnNames: ['first_day', 'last_day'] },
        ],
        foreignKeys: [
          {
            name: 'fk_events_part_of',
            columnNames: ['part_of_id'],
            referencedTableName: 'events',
            referencedColumnNames: ['id'],
          },
          {
            name: 'fk_events_programme',
            columnNames: ['programme_id'],
            referencedTableName: 'programmes',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'event_countries',
        columns: [
          { name: 'event_id', ...varchar, isPrimary: true },
          { name: 'country', ...varchar, isPrimary: true },
          { name: 'position', type: 'integer' },
        ],
        indices: [{ name: 'ix_event_countries_country', columnNames: ['country', 'event_id'] }],
        foreignKeys: [
          {
            name: 'fk_event_countries_event',
            columnNames: ['event_id'],
            referencedTableName: 'events',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'party_roles',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'event_id', ...varchar, isNullable: true },
          { name: 'programme_id', ...varchar, isNullable: true },
          { name: 'party_id', ...varchar },
          { name: 'position', type: 'integer' },
          { name: 'role', ...varchar },
        ],
        indices: [
          { name: 'ix_party_roles_event', columnNames: ['event_id', 'position'] },
          { name: 'ix_party_roles_programme', columnNames: ['programme_id', 'position'] },
          { name: 'ix_party_roles_party', columnNames: ['party_id', 'event_id'] },
          { name: 'ix_party_roles_role', columnNames: ['role', 'party_id', 'event_id'] },
        ],
        foreignKeys: [
          {
            name: 'fk_party_roles_event',
            columnNames: ['event_id'],
            referencedTableName: 'events',
            referencedColumnNames: ['id'],
          },
          {
            name: 'fk_party_roles_programme',
            columnNames: ['programme_id'],
            referencedTableName: 'programmes',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('party_roles');
    await queryRunner.dropTable('event_countries');
    await queryRunner.dropTable('events');
  }
}
