import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates the table of all partners’ heads, the same in every partner’s database. */
export class CreateNetworkHeads1764000008000 implements MigrationInterface {
  readonly name = 'CreateNetworkHeads1764000008000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'network_heads',
        columns: [
          { name: 'sequence', type: 'integer', isPrimary: true },
          { name: 'hash', type: 'varchar' },
          { name: 'partner', type: 'varchar' },
          { name: 'line', type: 'varchar' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('network_heads');
  }
}
