import type { MigrationInterface, QueryRunner } from 'typeorm';

const details = ['agenda', 'outcome', 'attendees'];

/** Adds to the meetings of groups what they were about, and who came. */
export class RecordMeetings1795706000000 implements MigrationInterface {
  readonly name = 'RecordMeetings1795706000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // By hand: TypeORM would rebuild the table on SQLite.
    for (const column of details)
      await queryRunner.query(`ALTER TABLE "group_meetings" ADD COLUMN "${column}" text`);
    await collate(queryRunner, '"C"');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await collate(queryRunner, '"default"');
    for (const column of details)
      await queryRunner.query(`ALTER TABLE "group_meetings" DROP COLUMN "${column}"`);
  }
}

/** SQLite compares by code points already. */
async function collate(queryRunner: QueryRunner, collation: string): Promise<void> {
  if (queryRunner.connection.options.type !== 'postgres') return;
  for (const column of ['held_on', 'place'])
    await queryRunner.query(
      `ALTER TABLE "group_meetings" ALTER COLUMN "${column}" TYPE varchar COLLATE ${collation}`,
    );
}
