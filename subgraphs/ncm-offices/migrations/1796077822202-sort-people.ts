import type { MigrationInterface, QueryRunner } from 'typeorm';

const sorted = [
  ['delegates', 'name'],
  ['delegate_nominations', 'nominated_on'],
] as const;

/** Lists are sorted by these columns: by code points, whatever the language of the server. */
export class SortPeople1796077822202 implements MigrationInterface {
  readonly name = 'SortPeople1796077822202';

  async up(queryRunner: QueryRunner): Promise<void> {
    await collate(queryRunner, '"C"');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await collate(queryRunner, '"default"');
  }
}

/** SQLite compares by code points already. */
async function collate(queryRunner: QueryRunner, collation: string): Promise<void> {
  if (queryRunner.connection.options.type !== 'postgres') return;
  for (const [table, column] of sorted)
    await queryRunner.query(
      `ALTER TABLE "${table}" ALTER COLUMN "${column}" TYPE varchar COLLATE ${collation}`,
    );
}
