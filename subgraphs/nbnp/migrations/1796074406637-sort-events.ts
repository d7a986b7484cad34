import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events are sorted by title too: by code points, whatever the language of the server. */
export class SortEvents1796074406637 implements MigrationInterface {
  readonly name = 'SortEvents1796074406637';

  async up(queryRunner: QueryRunner): Promise<void> {
    await collate(queryRunner, '"C"');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await collate(queryRunner, '"default"');
  }
}

/** SQLite compares by code points already. */
async function collate(queryRunner: QueryRunner, collation: string): Promise<void> {
  if (queryRunner.connection.options.type === 'postgres')
    await queryRunner.query(
      `ALTER TABLE "events" ALTER COLUMN "title" TYPE text COLLATE ${collation}`,
    );
}
