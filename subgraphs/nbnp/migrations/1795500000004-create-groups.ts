import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateGroups1795500000004 implements MigrationInterface {
  readonly name = 'CreateGroups1795500000004';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Strings compare by code points on every database, independent of the server’s locale.
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const varchar = { type: 'varchar', collation };
    await queryRunner.createTable(
      new Table({
        name: 'groups',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'name', ...varchar },
          { name: 'direction', ...varchar },
          { name: 'programme_id', ...varchar },
          { name: 'coordinating_office_id', ...varchar, isNullable: true },
          { name: 'planned_size', type: 'integer' },
          { name: 'briefed_on', ...varchar, isNullable: true },
          { name: 'debriefed_on', ...varchar, isNullable: true },
          { name: 'cancelled_on', ...varchar, isNullable: true },
          { name: 'version', type: 'integer', default: 1 },
        ],
        indices: [
          { name: 'ix_groups_programme', columnNames: ['programme_id', 'id'] },
          { name: 'ix_groups_direction', columnNames: ['direction', 'id'] },
          { name: 'ix_groups_office', columnNames: ['coordinating_office_id', 'id'] },
        ],
        foreignKeys: [
          {
            name: 'fk_groups_programme',
            columnNames: ['programme_id'],
            referencedTableName: 'programmes',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'officer_nominations',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'group_id', ...varchar },
          { name: 'officer_id', ...varchar },
          { name: 'accepted_on', ...varchar, isNullable: true },
          { name: 'declined_on', ...varchar, isNullable: true },
          { name: 'decline_reason', type: 'text', isNullable: true },
        ],
        indices: [
          { name: 'ix_officer_nominations_group', columnNames: ['group_id', 'id'] },
          { name: 'ix_officer_nominations_officer', columnNames: ['officer_id', 'id'] },
        ],
        foreignKeys: [
          {
            name: 'fk_officer_nominations_group',
            columnNames: ['group_id'],
            referencedTableName: 'groups',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('officer_nominations');
    await queryRunner.dropTable('groups');
  }
}
