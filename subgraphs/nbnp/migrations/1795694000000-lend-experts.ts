import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the day on which the network asked for an expert. Of earlier assignments it is unknown. */
export class LendExperts1795694000000 implements MigrationInterface {
  readonly name = 'LendExperts1795694000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const isPostgres = queryRunner.connection.options.type === 'postgres';
    const word = `varchar${isPostgres ? ' COLLATE "C"' : ''}`;
    await queryRunner.query(`ALTER TABLE "expert_assignments" ADD COLUMN "assigned_on" ${word}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "expert_assignments" DROP COLUMN "assigned_on"');
  }
}
