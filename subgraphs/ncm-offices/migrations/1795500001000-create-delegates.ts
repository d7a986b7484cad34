import {
  Table,
  TableForeignKey,
  TableIndex,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';

export class CreateDelegates1795500001000 implements MigrationInterface {
  readonly name = 'CreateDelegates1795500001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Strings compare by code points. SQLite does this by default.
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const id = (name = 'id') => ({ name, type: 'varchar', isPrimary: true, collation });
    const key = (name: string) => ({ name, type: 'varchar', collation });
    const text = (name: string) => ({ name, type: 'varchar' });
    const long = (name: string) => ({ name, type: 'text' });
    const number = (name: string) => ({ name, type: 'integer' });
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
        name: 'delegates',
        columns: [
          id(),
          optional(text('name')),
          optional(text('email')),
          key('target_group'),
          text('country'),
          key('region_code'),
          optional(text('employer')),
          key('office_id'),
          number('version'),
        ],
        indices: [
          index('delegates_by_target_group', 'target_group', 'id'),
          index('delegates_by_region', 'region_code', 'id'),
          index('delegates_by_office', 'office_id', 'id'),
        ],
        foreignKeys: [
          refersTo('delegates_region', 'region_code', 'regions', 'code'),
          refersTo('delegates_office', 'office_id', 'offices'),
        ],
      }),
    );
    const ofDelegate = refersTo('delegate_languages_delegate', 'delegate_id', 'delegates');
    ofDelegate.onDelete = 'CASCADE';
    await queryRunner.createTable(
      new Table({
        name: 'delegate_languages',
        columns: [id('delegate_id'), id('tag'), number('place')],
        indices: [index('delegate_languages_by_tag', 'tag', 'delegate_id')],
        foreignKeys: [ofDelegate],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'delegate_nominations',
        columns: [
          id(),
          key('group_id'),
          key('delegate_id'),
          text('nominated_on'),
          key('status'),
          optional(key('decided_on')),
          optional(text('local_authority')),
          optional(long('reason')),
          number('version'),
        ],
        indices: [
          index('delegate_nominations_by_group', 'group_id', 'id'),
          index('delegate_nominations_by_delegate', 'delegate_id', 'id'),
          index('delegate_nominations_by_status', 'status', 'id'),
        ],
        foreignKeys: [refersTo('delegate_nominations_delegate', 'delegate_id', 'delegates')],
      }),
    );
    const oncePerGroup = index('participant_reports_by_group', 'group_id', 'delegate_id');
    oncePerGroup.isUnique = true;
    await queryRunner.createTable(
      new Table({
        name: 'participant_reports',
        columns: [
          id(),
          key('delegate_id'),
          key('group_id'),
          text('visit_id'),
          key('received_on'),
          optional(long('text')),
        ],
        indices: [
          index('participant_reports_by_delegate', 'delegate_id', 'received_on'),
          oncePerGroup,
        ],
        foreignKeys: [refersTo('participant_reports_delegate', 'delegate_id', 'delegates')],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'group_meetings',
        columns: [
          id('group_id'),
          id('kind'),
          key('office_id'),
          text('held_on'),
          optional(text('place')),
        ],
        foreignKeys: [refersTo('group_meetings_office', 'office_id', 'offices')],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'stop_confirmations',
        columns: [id('stop_id'), key('office_id'), text('confirmed_on'), number('stop_version')],
        foreignKeys: [refersTo('stop_confirmations_office', 'office_id', 'offices')],
      }),
    );
    await queryRunner.createTable(
      new Table({ name: 'programme_signatures', columns: [id('programme_id'), text('signed_on')] }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const tables = [
      'programme_signatures',
      'stop_confirmations',
      'group_meetings',
      'participant_reports',
      'delegate_nominations',
      'delegate_languages',
      'delegates',
    ];
    for (const table of tables) await queryRunner.dropTable(table);
  }
}
