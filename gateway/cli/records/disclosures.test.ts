import { inner } from '@hub/shared/testing';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { runNetworkRecordCommand } from './disclosures.js';

describe('hub disclosures verify', () => {
  it('finds a partner’s database in the data folder', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'hub-disclosures-'));
    try {
      await mkdir(join(dataDir, 'databases'));
      const source = await inner.openDatabase({
        url: `sqlite:${join(dataDir, 'databases', 'dk.sqlite')}`,
        entities: inner.disclosureEntities,
        migrations: inner.disclosureMigrations,
      });
      await inner.recordDisclosures({
        source,
        reader: {
          kind: 'person',
          organisation: 'dk',
          subject: 'dk:anna',
          role: 'coordinator',
          purpose: undefined,
        },
        operationName: null,
        readings: [{ type: 'Officer', fields: ['name'], records: 1 }],
        at: new Date(),
      });
      await source.destroy();
      const verify = (code: string) =>
        runNetworkRecordCommand(['verify', '--partner', code], { HUB_DATA_DIR: dataDir });
      expect(await verify('dk')).toMatch(/^whole: 1 links/);
      await expect(verify('no')).rejects.toThrow('The database does not exist.');
      await expect(verify('ru')).rejects.toThrow(/--partner must be one of ncm/);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
