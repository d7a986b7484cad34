import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateOfficers1764000000003 implements MigrationInterface {
  readonly name = 'CreateOfficers1764000000003';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const varchar = { type: 'varchar', collation };
    const toOfficer = {
      columnNames: ['officer_id'],
      referencedTableName: 'officers',
      referencedColumnNames: ['id'],
    };
    const tables = [
      new Table({
        name: 'officers',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'name', ...varchar },
          { name: 'email', ...varchar, isNullable: true },
          { name: 'rank', ...varchar, isNullable: true },
          { name: 'unit_id', ...varchar },
          { name: 'target_group', ...varchar },
          { name: 'version', type: 'integer', default: 1 },
        ],
        indices: [
          { name: 'ix_officers_unit', columnNames: ['unit_id', 'id'] },
          { name: 'ix_officers_target_group', columnNames: ['target_group', 'id'] },
        ],
        foreignKeys: [
          {
            name: 'fk_officers_unit',
            columnNames: ['unit_id'],
            referencedTableName: 'police_units',
            referencedColumnNames: ['id'],
          },
        ],
      }),
      new Table({
        name: 'officer_languages',
        columns: [
          { name: 'officer_id', ...varchar, isPrimary: true },
          { name: 'language', ...varchar, isPrimary: true },
          { name: 'position', type: 'integer' },
        ],
        indices: [
          { name: 'ix_officer_languages_language', columnNames: ['language', 'officer_id'] },
        ],
        foreignKeys: [{ name: 'fk_officer_languages_officer', ...toOfficer, onDelete: 'CASCADE' }],
      }),
      new Table({
        name: 'officer_nominations',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'group_id', ...varchar },
          { name: 'officer_id', ...varchar },
          { name: 'nominated_on', ...varchar },
          { name: 'withdrawn_on', ...varchar, isNullable: true },
          { name: 'motivation', type: 'text', isNullable: true },
          { name: 'version', type: 'integer', default: 1 },
        ],
        indices: [
          { name: 'ix_officer_nominations_group', columnNames: ['group_id', 'id'] },
          { name: 'ix_officer_nominations_officer', columnNames: ['officer_id', 'id'] },
        ],
        foreignKeys: [{ name: 'fk_officer_nominations_officer', ...toOfficer }],
      }),
      new Table({
        name: 'participant_reports',
        columns: [
          { name: 'id', ...varchar, isPrimary: true },
          { name: 'officer_id', ...varchar },
          { name: 'group_id', ...varchar },
          { name: 'visit_id', ...varchar },
          { name: 'received_on', ...varchar },
          { name: 'text', type: 'text', isNullable: true },
        ],
        indices: [
          {
            name: 'ix_participant_reports_officer',
            columnNames: ['officer_id', 'received_on', 'id'],
          },
          { name: 'ix_participant_reports_group', columnNames: ['group_id'] },
          {
            name: 'uq_participant_reports_officer_visit',
            columnNames: ['officer_id', 'visit_id'],
            isUnique: true,
          },
        ],
        foreignKeys: [{ name: 'fk_participant_reports_officer', ...toOfficer }],
      }),
    ];
    for (const table of tables) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [
      'participant_reports',
      'officer_nominations',
      'officer_languages',
      'officers',
    ]) {
      await queryRunner.dropTable(table);
    }
  }
}
