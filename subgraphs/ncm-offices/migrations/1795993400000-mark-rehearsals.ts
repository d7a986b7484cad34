import type { MigrationInterface, QueryRunner } from 'typeorm';

const isDemonstration = (column: string) => `"${column}" LIKE '%:demo-%'`;

/** The tables that get the mark, and which of their rows have it from the start. */
const marked = {
  offices: `${isDemonstration('id')}`,
  delegates: `${isDemonstration('id')} OR ${isDemonstration('office_id')}
    OR EXISTS (SELECT 1 FROM "delegate_nominations" n WHERE n."delegate_id" = "delegates"."id" AND n."group_id" LIKE 'nbnp:demo-%')
    AND NOT EXISTS (SELECT 1 FROM "delegate_nominations" n WHERE n."delegate_id" = "delegates"."id" AND n."group_id" NOT LIKE 'nbnp:demo-%')`,
  regional_sites: `${isDemonstration('id')}`,
  regional_hostings: `${isDemonstration('visit_id')}`,
};

/** Marks what was made for rehearsals: the demonstration, and delegates whom only its groups know. */
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
