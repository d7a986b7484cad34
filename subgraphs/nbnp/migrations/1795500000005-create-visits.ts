import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateVisits1795500000005 implements MigrationInterface {
  readonly name = 'CreateVisits1795500000005';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Strings compare by code points on every database, independent of the server’s locale.
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const varchar = { type: 'varchar', collation };
    await queryRunner.createTable(
      new Table({
        name: 'visits',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'group_id', ...varchar },
          { name: 'title', ...varchar },
          { name: 'starts_on', ...varchar, isNullable: true },
          { name: 'ends_on', ...varchar, isNullable: true },
          { name: 'departed_on', ...varchar, isNullable: true },
          { name: 'returned_on', ...varchar, isNullable: true },
          { name: 'version', type: 'integer', default: 1 },
        ],
        indices: [
          { name: 'ix_visits_group', columnNames: ['group_id', 'id'] },
          { name: 'ix_visits_span', columnNames: ['starts_on', 'ends_on'] },
        ],
        foreignKeys: [
          {
            name: 'fk_visits_group',
            columnNames: ['group_id'],
            referencedTableName: 'groups',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'visit_hosts',
        columns: [
          { name: 'visit_id', ...varchar, isPrimary: true },
          { name: 'country', ...varchar, isPrimary: true },
          { name: 'position', type: 'integer' },
        ],
        indices: [{ name: 'ix_visit_hosts_country', columnNames: ['country', 'visit_id'] }],
        foreignKeys: [
          {
            name: 'fk_visit_hosts_visit',
            columnNames: ['visit_id'],
            referencedTableName: 'visits',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'expert_assignments',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'visit_id', ...varchar },
          { name: 'expert_id', ...varchar },
          { name: 'role', ...varchar },
          { name: 'languages', type: 'text' },
        ],
        indices: [
          { name: 'ix_expert_assignments_visit', columnNames: ['visit_id', 'id'] },
          { name: 'ix_expert_assignments_expert', columnNames: ['expert_id', 'id'] },
        ],
        foreignKeys: [
          {
            name: 'fk_expert_assignments_visit',
            columnNames: ['visit_id'],
            referencedTableName: 'visits',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'itinerary_stops',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'visit_id', ...varchar },
          { name: 'host_country', ...varchar },
          { name: 'day', ...varchar },
          { name: 'from', ...varchar, isNullable: true },
          { name: 'to', ...varchar, isNullable: true },
          { name: 'title', ...varchar },
          { name: 'sector', ...varchar },
          { name: 'site_id', ...varchar, isNullable: true },
          { name: 'version', type: 'integer', default: 1 },
        ],
        indices: [{ name: 'ix_itinerary_stops_visit', columnNames: ['visit_id', 'id'] }],
        foreignKeys: [
          {
            name: 'fk_itinerary_stops_visit',
            columnNames: ['visit_id'],
            referencedTableName: 'visits',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('itinerary_stops');
    await queryRunner.dropTable('expert_assignments');
    await queryRunner.dropTable('visit_hosts');
    await queryRunner.dropTable('visits');
  }
}
