interface QueryRunner {
  query(text: string): Promise<unknown>;
}

/** Creates the table of last good responses. Another worker may be doing the same. */
export class CreateLastGood1796000000000 {
  readonly name = 'CreateLastGood1796000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE IF NOT EXISTS "last_good" (
      "partner" varchar NOT NULL,
      "key" varchar NOT NULL,
      "at" integer NOT NULL,
      "json" text NOT NULL,
      PRIMARY KEY ("partner", "key")
    ) WITHOUT ROWID`);
    await queryRunner.query(
      'CREATE INDEX IF NOT EXISTS "last_good_by_age" ON "last_good" ("partner", "at")',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE "last_good"');
  }
}
