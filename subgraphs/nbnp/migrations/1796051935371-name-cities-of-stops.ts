import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the city of a stop that names no site. */
export class NameCitiesOfStops1796051935371 implements MigrationInterface {
  readonly name = 'NameCitiesOfStops1796051935371';

  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.connection.options.type === 'postgres';
    const varchar = `varchar${isPostgres ? ' COLLATE "C"' : ''}`;
    await runner.query(`ALTER TABLE "itinerary_stops" ADD COLUMN "city" ${varchar}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "itinerary_stops" DROP COLUMN "city"`);
  }
}
