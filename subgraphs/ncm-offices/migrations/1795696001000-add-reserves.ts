import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds reserves, and whom a replacement replaces. Until now nobody was a reserve. */
export class AddReserves1795696001000 implements MigrationInterface {
  readonly name = 'AddReserves1795696001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // By hand: TypeORM would rebuild the table on SQLite.
    const isPostgres = queryRunner.connection.options.type === 'postgres';
    const nominations = 'ALTER TABLE "delegate_nominations" ADD COLUMN';
    const no = isPostgres ? 'false' : '0';
    await queryRunner.query(`${nominations} "reserve" boolean NOT NULL DEFAULT ${no}`);
    const word = `varchar${isPostgres ? ' COLLATE "C"' : ''}`;
    await queryRunner.query(`${nominations} "replaces_id" ${word}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const column of ['replaces_id', 'reserve'])
      await queryRunner.query(`ALTER TABLE "delegate_nominations" DROP COLUMN "${column}"`);
  }
}
