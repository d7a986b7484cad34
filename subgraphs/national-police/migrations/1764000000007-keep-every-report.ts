import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const columnNames = ['officer_id', 'visit_id'];

/** Lets an officer hand in a further report of a visit, and keeps the earlier one. */
export class KeepEveryReport1764000000007 implements MigrationInterface {
  readonly name = 'KeepEveryReport1764000000007';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('participant_reports', 'uq_participant_reports_officer_visit');
    await queryRunner.createIndex(
      'participant_reports',
      new TableIndex({ name: 'ix_participant_reports_officer_visit', columnNames }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('participant_reports', 'ix_participant_reports_officer_visit');
    await queryRunner.createIndex(
      'participant_reports',
      new TableIndex({
        name: 'uq_participant_reports_officer_visit',
        columnNames,
        isUnique: true,
      }),
    );
  }
}
