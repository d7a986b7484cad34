import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds what the offices find and recommend in their part of an evaluation. */
export class AddFindings1796065238250 implements MigrationInterface {
  readonly name = 'AddFindings1796065238250';

  async up(runner: QueryRunner): Promise<void> {
    for (const column of ['findings', 'recommendations'])
      await runner.query(
        `ALTER TABLE "evaluation_texts" ADD COLUMN "${column}" text NOT NULL DEFAULT '[]'`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of ['recommendations', 'findings'])
      await runner.query(`ALTER TABLE "evaluation_texts" DROP COLUMN "${column}"`);
  }
}
