import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates the table of idempotency keys, the same in every partner’s database. */
export class CreateIdempotencyKeys1764000002000 implements MigrationInterface {
  readonly name = 'CreateIdempotencyKeys1764000002000';

  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.connection.options.type === 'postgres';
    const text = { type: 'varchar', ...(isPostgres && { collation: 'C' }) };
    await runner.createTable(
      new Table({
        name: 'idempotency_keys',
        columns: [
          { name: 'organisation', ...text, isPrimary: true },
          { name: 'key', ...text, isPrimary: true },
          { name: 'mutation', ...text },
          { name: 'input_hash', ...text },
          { name: 'record_id', ...text },
          { name: 'at', ...text },
        ],
        indices: [{ name: 'ix_idempotency_keys_record', columnNames: ['record_id'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('idempotency_keys');
  }
}
