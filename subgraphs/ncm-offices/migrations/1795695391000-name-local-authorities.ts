import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Names the local authority of a decision as an organisation. Earlier decisions have only its name. */
export class NameLocalAuthorities1795695391000 implements MigrationInterface {
  readonly name = 'NameLocalAuthorities1795695391000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const isPostgres = queryRunner.connection.options.type === 'postgres';
    const word = isPostgres ? 'varchar COLLATE "C"' : 'varchar';
    await queryRunner.query(`ALTER TABLE "delegate_nominations" ADD COLUMN "authority_id" ${word}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "delegate_nominations" DROP COLUMN "authority_id"');
  }
}
