interface QueryRunner {
  query(text: string): Promise<unknown>;
}

/** Creates the tables of usage. Another worker may be doing the same. */
export class CreateUsage1796100000000 {
  readonly name = 'CreateUsage1796100000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE IF NOT EXISTS "usage_elements" (
      "element" varchar NOT NULL,
      "operation" varchar NOT NULL,
      PRIMARY KEY ("element", "operation")
    ) WITHOUT ROWID`);
    await queryRunner.query(`CREATE TABLE IF NOT EXISTS "usage_counts" (
      "operation" varchar NOT NULL,
      "client" varchar NOT NULL,
      "day" varchar NOT NULL,
      "count" integer NOT NULL,
      PRIMARY KEY ("operation", "client", "day")
    ) WITHOUT ROWID`);
    await queryRunner.query(
      'CREATE INDEX IF NOT EXISTS "usage_counts_by_day" ON "usage_counts" ("day")',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE "usage_counts"');
    await queryRunner.query('DROP TABLE "usage_elements"');
  }
}
