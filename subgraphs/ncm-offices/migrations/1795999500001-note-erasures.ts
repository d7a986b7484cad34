import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * Creates the erasures of which others have to hear. Those of people who were erased before are
 * outstanding.
 */
export class NoteErasures1795999500001 implements MigrationInterface {
  readonly name = 'NoteErasures1795999500001';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const text = (name: string) => ({ name, type: 'varchar', collation });
    await queryRunner.createTable(
      new Table({
        name: 'erasures',
        columns: [
          { ...text('id'), isPrimary: true },
          text('person'),
          text('holder'),
          text('at'),
          { ...text('removed_at'), isNullable: true },
        ],
      }),
    );
    const at = new Date().toISOString();
    await queryRunner.query(
      `INSERT INTO "erasures" SELECT "id" || '/nbnp', "id", 'nbnp', '${at}', NULL FROM "delegates" WHERE "name" IS NULL`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('erasures');
  }
}
