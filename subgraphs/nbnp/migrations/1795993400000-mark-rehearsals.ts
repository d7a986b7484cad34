import type { MigrationInterface, QueryRunner } from 'typeorm';

const isDemonstration = (column: string) => `"${column}" LIKE '%:demo-%'`;

/** The tables that get the mark, and which of their rows have it from the start. */
const marked = {
  programmes: `${isDemonstration('id')}`,
};

/** Marks the programmes that are rehearsals: so far those of the demonstration. */
export class MarkRehearsals1795993400000 implements MigrationInterface {
  readonly name = 'MarkRehearsals1795993400000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const no = queryRunner.connection.options.type === 'postgres' ? 'false' : '0';
    for (const table of Object.keys(marked))
      // By hand: TypeORM would rebuild the table on SQLite.
      await queryRunner.query(
        `ALTER TABLE "${table}" ADD COLUMN "is_rehearsal" boolean NOT NULL DEFAULT ${no}`,
      );
    for (const [table, condition] of Object.entries(marked))
      await queryRunner.query(`UPDATE "${table}" SET "is_rehearsal" = TRUE WHERE ${condition}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of Object.keys(marked))
      await queryRunner.query(`ALTER TABLE "${table}" DROP COLUMN "is_rehearsal"`);
  }
}
