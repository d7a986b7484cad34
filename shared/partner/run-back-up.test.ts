import 'reflect-metadata';

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { thingTables } from '../database/test-things.js';
import { silentLogger } from '../telemetry/index.js';
import { testDatabases } from '../testing/index.js';
import { openFilledDatabase } from './partner-database.js';
import type { PartnerDefinition } from './partner-definition.js';
import { runBackUp } from './run-back-up.js';

const definition: PartnerDefinition = {
  subgraph: 'things',
  ...thingTables,
  createSubgraph: () => Promise.reject(new Error('it is not served')),
  loadFacts: () => Promise.resolve(),
  loadDemonstration: () => Promise.resolve(),
};

describe.each(testDatabases)('runBackUp on $name', ({ name, create }) => {
  it('says why a back-up of the other kind of database, or a folder, is not restored, and ends with 1', async () => {
    await using database = await create();
    await using other = await testDatabases.find((kind) => kind.name !== name)!.create();
    const folder = await mkdtemp(join(tmpdir(), 'hub-run-back-up-'));
    const file = join(folder, 'a.backup');
    const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const config = { partner: 'dk', databaseUrl: database.url };
      const content = { content: 'nothing', logger: silentLogger } as const;
      await (await openFilledDatabase(definition, { ...config, ...content })).destroy();
      expect(await runBackUp(definition, config, { kind: 'back-up', file })).toBe(0);
      expect(stdout.mock.lastCall?.[0]).toMatch(
        /^backed up to .*: dk, whole: 1 rows in \d+ tables/,
      );
      const elsewhere = { partner: 'dk', databaseUrl: other.url };
      expect(await runBackUp(definition, elsewhere, { kind: 'restore', file })).toBe(1);
      expect(stderr.mock.lastCall?.[0]).toMatch(/of the other kind of database/);
      for (const kind of ['restore', 'verify'] as const) {
        expect(await runBackUp(definition, config, { kind, file: folder })).toBe(1);
        expect(stderr.mock.lastCall?.[0]).toBe(
          `${folder} is a folder, and a back-up is a file. Name the file.\n`,
        );
      }
      const below = { kind: 'back-up', file: join(file, 'b.backup') } as const;
      expect(await runBackUp(definition, config, below)).toBe(1);
      expect(stderr.mock.lastCall?.[0]).toMatch(/a\.backup.* Move that away.* \(E[A-Z]+\)\.\n$/);
    } finally {
      vi.restoreAllMocks();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
