import 'reflect-metadata';

import { appendFile, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Thing, thing, thingTables } from '../database/test-things.js';
import { ensureKeyFiles, keyFilesOf } from '../identity/keys/key-file.js';
import { silentLogger } from '../system/logger.js';
import { bothDatabases } from '../testing/databases.js';
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

const configIn = (folder: string, databaseUrl: string) => ({
  partner: 'dk',
  databaseUrl,
  privateKeys: keyFilesOf(folder, 'dk').private,
  keyFolder: folder,
});

describe.each(bothDatabases)('runBackUp on $name', ({ name, create }) => {
  it('says why a back-up of the other kind of database, or a folder, is not restored, and ends with 1', async () => {
    await using database = await create();
    await using other = await bothDatabases.find((kind) => kind.name !== name)!.create();
    const folder = await mkdtemp(join(tmpdir(), 'hub-run-back-up-'));
    const file = join(folder, 'a.backup');
    const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const config = configIn(folder, database.url);
      const content = { content: 'nothing', logger: silentLogger } as const;
      await (await openFilledDatabase(definition, { ...config, ...content })).destroy();
      expect(await runBackUp(definition, config, { kind: 'back-up', file })).toBe(0);
      expect(stdout.mock.lastCall?.[0]).toMatch(
        /^backed up to .*: dk, whole: 1 rows in \d+ tables/,
      );
      const elsewhere = configIn(folder, other.url);
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

  it('finds every change of a back-up, and a seal that is missing or another partner’s', async () => {
    await using database = await create();
    const folder = await mkdtemp(join(tmpdir(), 'hub-seal-'));
    const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const config = configIn(folder, database.url);
      const source = await openFilledDatabase(definition, {
        ...config,
        content: 'nothing',
        logger: silentLogger,
      });
      await source.manager.insert(Thing, thing({ id: 'dk:thing', day: 'The title of this thing' }));
      await source.destroy();
      const file = join(folder, 'dk.backup');
      const verify = (path: string) =>
        runBackUp(definition, config, { kind: 'verify', file: path });
      expect(await runBackUp(definition, config, { kind: 'back-up', file })).toBe(0);
      expect(await verify(file)).toBe(0);
      const bytes = await readFile(file);
      const copy = join(folder, 'copy.backup');
      /** Verifies what became of the back-up, beside its own seal. */
      const verifyCopy = async (content: Buffer) => {
        await writeFile(copy, content);
        await copyFile(`${file}.seal`, `${copy}.seal`);
        return verify(copy);
      };
      expect(await verifyCopy(bytes)).toBe(0);
      const zeros = Buffer.concat([bytes, Buffer.alloc(4_096)]);
      expect(await verifyCopy(zeros)).toBe(1);
      for (let change = 0; change < 24; change += 1) {
        const altered = Buffer.from(bytes);
        const at = Math.floor((bytes.length * change) / 24);
        altered[at] = (altered[at] ?? 0) ^ 1;
        expect(await verifyCopy(altered), `byte ${at}`).toBe(1);
      }
      const title = bytes.indexOf('The title');
      if (title >= 0) {
        const altered = Buffer.from(bytes);
        altered.write('X', title);
        expect(await verifyCopy(altered)).toBe(1);
        expect(stderr.mock.lastCall?.[0]).toMatch(/copy\.backup was altered/);
        expect(await runBackUp(definition, config, { kind: 'restore', file: copy })).toBe(1);
      }
      await writeFile(copy, bytes);
      await rm(`${copy}.seal`);
      expect(await verify(copy)).toBe(1);
      expect(stderr.mock.lastCall?.[0]).toMatch(
        /is not verified\. .*copy\.backup\.seal is missing/,
      );
      // Sealed with keys that are not the partner’s.
      const foreign = join(folder, 'foreign');
      await ensureKeyFiles(foreign, 'dk');
      const stranger = { ...config, ...configIn(foreign, database.url) };
      const sealed = join(folder, 'sealed.backup');
      expect(await runBackUp(definition, stranger, { kind: 'back-up', file: sealed })).toBe(0);
      expect(await verify(sealed)).toBe(1);
      expect(stderr.mock.lastCall?.[0]).toMatch(/is not signed with a present key of dk/);
      await appendFile(`${file}.seal`, 'x');
      expect(await verify(file)).toBe(1);
      expect(stdout).toHaveBeenCalled();
    } finally {
      vi.restoreAllMocks();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
