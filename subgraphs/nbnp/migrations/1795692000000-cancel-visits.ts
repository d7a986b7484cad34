import type { MigrationInterface, QueryRunner } from 'typeorm';

const texts = ['cancel_reason', 'practical_information'];

/** Adds the cancellation of a visit, and what its participants have to know. */
export class CancelVisits1795692000000 implements MigrationInterface {
  readonly name = 'CancelVisits1795692000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // By hand: TypeORM would rebuild the table on SQLite while other tables refer to it.
    const isPostgres = queryRunner.connection.options.type === 'postgres';
    const word = `varchar${isPostgres ? ' COLLATE "C"' : ''}`;
    await queryRunner.query(`ALTER TABLE "visits" ADD COLUMN "cancelled_on" ${word}`);
    for (const text of texts)
      await queryRunner.query(`ALTER TABLE "visits" ADD COLUMN "${text}" text`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const column of ['cancelled_on', ...texts])
      await queryRunner.query(`ALTER TABLE "visits" DROP COLUMN "${column}"`);
  }
}
