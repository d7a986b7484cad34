import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Keeps the text of an evaluation apart from its signature, so that it can be a draft. */
export class DraftEvaluations1795691000000 implements MigrationInterface {
  readonly name = 'DraftEvaluations1795691000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    await queryRunner.createTable(
      new Table({
        name: 'evaluation_texts',
        columns: [
          { name: 'programme_id', type: 'varchar', collation, isPrimary: true },
          { name: 'summary', type: 'text', isNullable: true },
          { name: 'findings', type: 'text' },
          { name: 'recommendations', type: 'text' },
          { name: 'version', type: 'integer' },
        ],
        foreignKeys: [
          {
            name: 'fk_evaluation_texts_programme',
            columnNames: ['programme_id'],
            referencedTableName: 'programmes',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
    await queryRunner.query(
      `INSERT INTO "evaluation_texts" ("programme_id", "summary", "findings", "recommendations", "version")
       SELECT "programme_id", "summary", '[]', '[]', 1 FROM "evaluation_signatures"`,
    );
    await queryRunner.query('ALTER TABLE "evaluation_signatures" DROP COLUMN "summary"');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "evaluation_signatures" ADD COLUMN "summary" text');
    await queryRunner.query(
      `UPDATE "evaluation_signatures" SET "summary" = (SELECT "summary" FROM "evaluation_texts"
       WHERE "evaluation_texts"."programme_id" = "evaluation_signatures"."programme_id")`,
    );
    await queryRunner.dropTable('evaluation_texts');
  }
}
