import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds what else a host arranges, and the version of an offer. */
export class AddHostingPracticalities1795690000000 implements MigrationInterface {
  readonly name = 'AddHostingPracticalities1795690000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const column of [
      '"meeting_point" text',
      '"contact_on_the_spot" text',
      '"note" text',
      '"version" integer NOT NULL DEFAULT 1',
    ]) {
      await queryRunner.query(`ALTER TABLE "hostings" ADD COLUMN ${column}`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const column of ['version', 'note', 'contact_on_the_spot', 'meeting_point']) {
      await queryRunner.query(`ALTER TABLE "hostings" DROP COLUMN "${column}"`);
    }
  }
}
