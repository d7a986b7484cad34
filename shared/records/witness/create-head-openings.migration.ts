import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Creates the table of what this partner’s own heads hide, the same in every partner’s database. */
export class CreateHeadOpenings1796018400000 implements MigrationInterface {
  readonly name = 'CreateHeadOpenings1796018400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'head_openings',
        columns: [
          { name: 'end', type: 'varchar', isPrimary: true },
          { name: 'links', type: 'integer' },
          { name: 'hash', type: 'varchar' },
          { name: 'salt', type: 'varchar' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('head_openings');
  }
}
