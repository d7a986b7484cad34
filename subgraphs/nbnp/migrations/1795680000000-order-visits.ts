import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The lists of a visit’s stops and of a group’s visits are sorted by time. */
export class OrderVisits1795680000000 implements MigrationInterface {
  readonly name = 'OrderVisits1795680000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX "ix_itinerary_stops_visit"');
    await queryRunner.query(
      'CREATE INDEX "ix_itinerary_stops_visit" ON "itinerary_stops" ("visit_id", "day", "from", "id")',
    );
    await queryRunner.query('DROP INDEX "ix_visits_group"');
    await queryRunner.query(
      'CREATE INDEX "ix_visits_group" ON "visits" ("group_id", "starts_on", "id")',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX "ix_visits_group"');
    await queryRunner.query('CREATE INDEX "ix_visits_group" ON "visits" ("group_id", "id")');
    await queryRunner.query('DROP INDEX "ix_itinerary_stops_visit"');
    await queryRunner.query(
      'CREATE INDEX "ix_itinerary_stops_visit" ON "itinerary_stops" ("visit_id", "id")',
    );
  }
}
