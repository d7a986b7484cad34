import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates the table of used nonces of mutations, the same in every partner’s database. */
export class CreateUsedNonces1764000003000 implements MigrationInterface {
  readonly name = 'CreateUsedNonces1764000003000';

  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.connection.options.type === 'postgres';
    const text = { type: 'varchar', ...(isPostgres && { collation: 'C' }) };
    await runner.createTable(
      new Table({
        name: 'used_nonces',
        columns: [
          { name: 'nonce', ...text, isPrimary: true },
          { name: 'at', ...text },
        ],
        indices: [{ name: 'ix_used_nonces_at', columnNames: ['at'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('used_nonces');
  }
}
