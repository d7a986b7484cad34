import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Adds the decisions on requests of the network for experts. */
export class LendExperts1795694000000 implements MigrationInterface {
  readonly name = 'LendExperts1795694000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const collation = queryRunner.connection.options.type === 'postgres' ? 'C' : undefined;
    const varchar = { type: 'varchar', collation };
    await queryRunner.createTable(
      new Table({
        name: 'expert_loans',
        columns: [
          { name: 'assignment_id', ...varchar, isPrimary: true },
          { name: 'expert_id', ...varchar },
          { name: 'loan_granted', type: 'boolean' },
          { name: 'loan_decided_on', ...varchar },
          { name: 'loan_reason', type: 'text', isNullable: true },
        ],
        indices: [{ name: 'ix_expert_loans_expert', columnNames: ['expert_id', 'assignment_id'] }],
        foreignKeys: [
          {
            name: 'fk_expert_loans_expert',
            columnNames: ['expert_id'],
            referencedTableName: 'experts',
            referencedColumnNames: ['id'],
          },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('expert_loans');
  }
}
