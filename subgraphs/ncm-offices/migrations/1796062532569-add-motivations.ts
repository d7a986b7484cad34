import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds why an office proposes a delegate, as a police force says of an officer. */
export class AddMotivations1796062532569 implements MigrationInterface {
  readonly name = 'AddMotivations1796062532569';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "delegate_nominations" ADD COLUMN "motivation" text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "delegate_nominations" DROP COLUMN "motivation"');
  }
}
