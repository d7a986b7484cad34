import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSharedFile } from './shared-file.js';

const notes = {
  name: 'CreateNotes1795700000000',
  statements: ['CREATE TABLE IF NOT EXISTS "notes" ("id" text PRIMARY KEY)'],
};

describe('openSharedFile', () => {
  it('opens one file for all who create it together', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-shared-'));
    try {
      const path = join(folder, 'notes.sqlite');
      const ids = Array.from({ length: 20 }, (_, index) => `note ${index}`);
      const sources = await Promise.all(ids.map(() => openSharedFile(path, notes)));
      for (const [index, source] of sources.entries())
        await source.query('INSERT INTO "notes" VALUES (?)', [ids[index]]);
      expect(await sources[0]?.query('SELECT COUNT(*) AS "count" FROM "notes"')).toEqual([
        { count: ids.length },
      ]);
      // The next version must find what this one has made.
      expect(
        await sources[0]?.query('SELECT "name", "timestamp" FROM "migrations"'),
      ).toContainEqual({
        name: notes.name,
        timestamp: 1_795_700_000_000,
      });
      await Promise.all(sources.map((source) => source.destroy()));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
