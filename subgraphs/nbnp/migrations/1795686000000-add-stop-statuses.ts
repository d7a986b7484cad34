import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Without defaults: nullable, in the order of the entity. */
const texts = ['address', 'meeting_point', 'contact_on_the_spot', 'note', 'status_reason'];

const words = ['called_off_on', 'site_contact', 'site_contact_on'];

/** Adds what becomes of a stop, its place, and the contact with the visited institution. */
export class AddStopStatuses1795686000000 implements MigrationInterface {
  readonly name = 'AddStopStatuses1795686000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // By hand: TypeORM would rebuild the table on SQLite.
    const isPostgres = queryRunner.connection.options.type === 'postgres';
    const word = `varchar${isPostgres ? ' COLLATE "C"' : ''}`;
    const add = (column: string) =>
      queryRunner.query(`ALTER TABLE "itinerary_stops" ADD COLUMN ${column}`);
    for (const text of texts) await add(`"${text}" text`);
    for (const name of words) await add(`"${name}" ${word}`);
    await add(`"status" ${word} NOT NULL DEFAULT 'PLANNED'`);
    await add(`"plan_version" integer NOT NULL DEFAULT 1`);
    // Until now each version was a change of the plan.
    await queryRunner.query('UPDATE "itinerary_stops" SET "plan_version" = "version"');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const column of [...texts, ...words, 'status', 'plan_version'])
      await queryRunner.query(`ALTER TABLE "itinerary_stops" DROP COLUMN "${column}"`);
  }
}
