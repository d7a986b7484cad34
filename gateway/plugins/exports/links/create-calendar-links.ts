interface QueryRunner {
  query(text: string): Promise<unknown>;
}

/** Creates the links to calendars. Another worker may be doing the same. */
export class CreateCalendarLinks1795700000000 {
  readonly name = 'CreateCalendarLinks1795700000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE IF NOT EXISTS "calendar_links" (
      "id" varchar PRIMARY KEY NOT NULL,
      "key_hash" varchar NOT NULL,
      "organisation" varchar NOT NULL,
      "subject" varchar NOT NULL,
      "role" varchar NOT NULL,
      "visit" varchar NOT NULL,
      "created_on" varchar NOT NULL,
      "expires_on" varchar NOT NULL
    )`);
    await queryRunner.query(
      'CREATE INDEX IF NOT EXISTS "calendar_links_by_person" ON "calendar_links" ("organisation", "subject")',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE "calendar_links"');
  }
}
