import 'reflect-metadata';

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { thingTables } from '../database/test-things.js';
import { openFilledDatabase } from '../partner/partner-database.js';
import type { PartnerDefinition } from '../partner/partner-definition.js';
import { silentLogger } from '../system/logger.js';
import { DatabaseRefused } from './refuse-database.js';

const definition: PartnerDefinition = {
  subgraph: 'things',
  ...thingTables,
  createSubgraph: () => Promise.reject(new Error('it is not served')),
  loadFacts: () => Promise.resolve(),
  loadDemonstration: () => Promise.resolve(),
};

async function createKept() {
  const folder = await mkdtemp(join(tmpdir(), 'hub-file-'));
  const path = join(folder, 'databases', 'dk.sqlite');
  const file = join(folder, 'identities', 'dk.json');
  return {
    path,
    file,
    open: () =>
      openFilledDatabase(definition, {
        partner: 'dk',
        databaseUrl: `sqlite:${path}`,
        content: 'nothing',
        logger: silentLogger,
        recognition: { file, mayBeFirst: true, isNew: false },
      }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

describe('openKeptDatabase with an unusable file', { skip: process.platform === 'win32' }, () => {
  const refused = async (prepare: (path: string, file: string) => unknown, words: RegExp) => {
    await using kept = await createKept();
    await mkdir(dirname(kept.path), { recursive: true });
    await prepare(kept.path, kept.file);
    const opening = kept.open();
    await expect(opening).rejects.toThrow(words);
    await expect(opening).rejects.toThrow(kept.path);
    await expect(opening).rejects.toBeInstanceOf(DatabaseRefused);
  };

  it('refuses a folder instead of the database, and instead of its log', async () => {
    const isFolder = /is a folder, and a database is a file\. Move it away/;
    await refused((path) => mkdir(path), isFolder);
    await refused((path) => mkdir(`${path}-wal`), isFolder);
  });

  it('refuses a pipe, which never ends', async () => {
    await refused((path) => execFileSync('mkfifo', [path]), /is not a file, and a database is/);
  });

  it('refuses a circular link', async () => {
    await refused((path) => symlink(path, path), /is a circular link/);
  });

  it('refuses a path below a file', async () => {
    await using kept = await createKept();
    writeFileSync(dirname(kept.path), 'a letter');
    await expect(kept.open()).rejects.toBeInstanceOf(DatabaseRefused);
    await expect(kept.open()).rejects.toThrow(
      /databases already exists as something else\. Move that/,
    );
  });

  it('reports that the identity file is a folder', async () => {
    await using kept = await createKept();
    await mkdir(kept.file, { recursive: true });
    await expect(kept.open()).rejects.toThrow(`${kept.file} is a folder, not a file`);
  });
});
