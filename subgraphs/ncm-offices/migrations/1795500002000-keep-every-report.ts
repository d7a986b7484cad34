import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const table = 'participant_reports';
const index = { name: 'participant_reports_by_group', columnNames: ['group_id', 'delegate_id'] };

/**
 * Lets a delegate report on each visit of a group, and more than once: one report for each group
 * was too strict.
 */
export class KeepEveryReport1795500002000 implements MigrationInterface {
  readonly name = 'KeepEveryReport1795500002000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex(table, index.name);
    await queryRunner.createIndex(table, new TableIndex(index));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex(table, index.name);
    await queryRunner.createIndex(table, new TableIndex({ ...index, isUnique: true }));
  }
}
