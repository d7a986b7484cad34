import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a mutation of several items returned is stored with its idempotency key. */
export class AddResults1796062746379 implements MigrationInterface {
  readonly name = 'AddResults1796062746379';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "idempotency_keys" ADD COLUMN "results" text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "idempotency_keys" DROP COLUMN "results"');
  }
}
