import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { openSharedFile } from './shared-file.js';

class CreateNotes1795700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE IF NOT EXISTS "notes" ("id" text PRIMARY KEY)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "notes"');
  }
}

describe('openSharedFile', () => {
  it('opens one file for all who create it together', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-shared-'));
    try {
      const path = join(folder, 'notes.sqlite');
      const ids = Array.from({ length: 20 }, (_, index) => `note ${index}`);
      const sources = await Promise.all(
        ids.map(() => openSharedFile(path, [CreateNotes1795700000000])),
      );
      for (const [index, source] of sources.entries())
        await source.query('INSERT INTO "notes" VALUES (?)', [ids[index]]);
      expect(await sources[0]?.query('SELECT COUNT(*) AS "count" FROM "notes"')).toEqual([
        { count: ids.length },
      ]);
      await Promise.all(sources.map((source) => source.destroy()));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
