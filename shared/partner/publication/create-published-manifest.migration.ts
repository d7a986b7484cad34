import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates the table of the published manifest, the same in every partner’s database. */
export class CreatePublishedManifest1764000007000 implements MigrationInterface {
  readonly name = 'CreatePublishedManifest1764000007000';

  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.connection.options.type === 'postgres';
    const text = { type: 'varchar', ...(isPostgres && { collation: 'C' }) };
    await runner.createTable(
      new Table({
        name: 'published_manifest',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true },
          { name: 'sequence', ...text },
          { name: 'issued_at', ...text },
          { name: 'digest', ...text },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('published_manifest');
  }
}
