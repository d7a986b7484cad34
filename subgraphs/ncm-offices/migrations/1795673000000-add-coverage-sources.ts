import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds whether a source states which office covers a region. So far none does. */
export class AddCoverageSources1795673000000 implements MigrationInterface {
  readonly name = 'AddCoverageSources1795673000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // By hand: TypeORM would rebuild the table on SQLite while other tables refer to it.
    const no = queryRunner.connection.options.type === 'postgres' ? 'false' : '0';
    await queryRunner.query(
      `ALTER TABLE "regions" ADD COLUMN "coverage_is_stated" boolean NOT NULL DEFAULT ${no}`,
    );
    await queryRunner.query(`ALTER TABLE "regions" ADD COLUMN "coverage_source" varchar`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "regions" DROP COLUMN "coverage_source"`);
    await queryRunner.query(`ALTER TABLE "regions" DROP COLUMN "coverage_is_stated"`);
  }
}
