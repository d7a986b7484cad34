import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** The offices' part of an evaluation, apart from their signature. */
export class DraftEvaluations1795691000000 implements MigrationInterface {
  readonly name = 'DraftEvaluations1795691000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    await queryRunner.createTable(
      new Table({
        name: 'evaluation_texts',
        columns: [
          { name: 'programme_id', type: 'varchar', collation, isPrimary: true },
          { name: 'summary', type: 'text' },
          { name: 'version', type: 'integer' },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('evaluation_texts');
  }
}
