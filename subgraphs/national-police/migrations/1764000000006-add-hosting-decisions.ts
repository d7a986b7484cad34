import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Adds the days on which a hosting was confirmed and withdrawn. */
export class AddHostingDecisions1764000000006 implements MigrationInterface {
  readonly name = 'AddHostingDecisions1764000000006';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    for (const name of ['confirmed_on', 'withdrawn_on']) {
      await queryRunner.addColumn(
        'hostings',
        new TableColumn({ name, type: 'varchar', collation, isNullable: true }),
      );
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumns('hostings', ['confirmed_on', 'withdrawn_on']);
  }
}
