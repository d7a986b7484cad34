import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates what offices arrange for visits. */
export class CreateRegionalHostings1795692000000 implements MigrationInterface {
  readonly name = 'CreateRegionalHostings1795692000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const key = (name: string) => ({ name, type: 'varchar', collation });
    const text = (name: string) => ({ name, type: 'text', isNullable: true });
    await queryRunner.createTable(
      new Table({
        name: 'regional_hostings',
        columns: [
          { ...key('id'), isPrimary: true },
          key('office_id'),
          key('visit_id'),
          key('status'),
          text('accommodation'),
          text('transport'),
          text('meeting_point'),
          text('contact_on_the_spot'),
          text('emergency_contact'),
          text('note'),
          { ...key('decided_on'), isNullable: true },
          { name: 'version', type: 'integer' },
        ],
        indices: [
          { name: 'regional_hostings_by_visit', columnNames: ['visit_id', 'id'] },
          { name: 'regional_hostings_by_office', columnNames: ['office_id'] },
        ],
        foreignKeys: [
          {
            name: 'regional_hostings_office',
            columnNames: ['office_id'],
            referencedTableName: 'offices',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('regional_hostings');
  }
}
