import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the idempotency keys that have ended. */
export class IndexIdempotencyKeys1764000010000 implements MigrationInterface {
  readonly name = 'IndexIdempotencyKeys1764000010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX "ix_idempotency_keys_at" ON "idempotency_keys" ("at")');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "ix_idempotency_keys_at"');
  }
}
