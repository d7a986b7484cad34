import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates the table of the disclosure record, the same in every partner’s database. */
export class CreateDisclosures1764000001000 implements MigrationInterface {
  readonly name = 'CreateDisclosures1764000001000';

  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.connection.options.type === 'postgres';
    const text = { type: 'varchar', ...(isPostgres && { collation: 'C' }) };
    await runner.createTable(
      new Table({
        name: 'disclosures',
        columns: [
          { name: 'sequence', type: 'integer', isPrimary: true },
          { name: 'at', ...text },
          { name: 'reader_organisation', ...text },
          { name: 'reader', ...text },
          { name: 'role', ...text },
          { name: 'purpose', ...text, isNullable: true },
          { name: 'operation_name', ...text, isNullable: true },
          { name: 'type', ...text },
          { name: 'fields', type: 'text' },
          { name: 'records', type: 'integer' },
          { name: 'previous_hash', ...text },
          { name: 'hash', ...text },
        ],
        indices: [{ name: 'ix_disclosures_at', columnNames: ['at'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('disclosures');
  }
}
