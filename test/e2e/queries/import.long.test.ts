import { definition } from '@hub/national-police';
import { bothDatabases, inner } from '@hub/shared/testing';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../network/running-command.js';

const officers = 100_000;

/** A file of so many officers of Denmark’s, all with this rank. */
async function writeOfficers(path: string, rank: string): Promise<void> {
  const file = createWriteStream(path);
  file.write('id,name,email,rank,unit,targetGroup,languages,isRehearsal\n');
  for (let number = 1; number <= officers; number += 1) {
    const row = `o${number},Officer Åse ${number},o${number}@example.org,${rank},nec,police,da; en; ru,\n`;
    if (!file.write(row)) await once(file, 'drain');
  }
  await new Promise((resolve) => file.end(resolve));
}

/** The most memory that a process has had so far; undefined where the system does not tell. */
async function readPeakMebibytes(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kibibytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1_024;
}

/** The import as an operator runs it, with a heap that does not hold the file’s records. */
const runImport = (databaseUrl: string, path: string) =>
  runCommand('subgraphs/national-police/dist/commands.js', ['import', path, '--partner', 'dk'], {
    DATABASE_URL: databaseUrl,
    HUB_CONTENT: 'facts',
    NODE_OPTIONS: '--max-old-space-size=128',
  });

async function count(databaseUrl: string, rank: string): Promise<number> {
  const source = await inner.openPartnerDatabase(definition, databaseUrl);
  try {
    return await source.getRepository<{ rank: string }>('Officer').countBy({ rank });
  } finally {
    await source.destroy();
  }
}

describe.each(bothDatabases)('npm run import of 100,000 officers on $name', ({ create }) => {
  it('is all or nothing, in bounded memory, and can be repeated', async () => {
    await using database = await create();
    const folder = await mkdtemp(join(tmpdir(), 'hub-import-'));
    const path = join(folder, 'officers.csv');
    await writeOfficers(path, 'Inspector');
    {
      await using killed = runImport(database.url, path);
      await killed.until(/of 100,000 rows written/);
      killed.kill('SIGKILL');
      await killed.ended;
    }
    expect(await count(database.url, 'Inspector')).toBe(0);

    const peaks: number[] = [];
    const summaries = [];
    for (const rank of ['Inspector', 'Inspector', 'Superintendent']) {
      await writeOfficers(path, rank);
      await using running = runImport(database.url, path);
      const watch = setInterval(() => {
        void readPeakMebibytes(running.pid).then((peak) => peak && peaks.push(peak));
      }, 500);
      expect(await running.ended, running.output().stderr).toBe(0);
      clearInterval(watch);
      summaries.push(running.output().stdout.trim());
      expect(await count(database.url, rank)).toBe(officers);
    }
    expect(summaries).toEqual([
      'officers.csv: 100,000 rows: 100,000 added, 0 changed, 0 unchanged.',
      'officers.csv: 100,000 rows: 0 added, 0 changed, 100,000 unchanged.',
      'officers.csv: 100,000 rows: 0 added, 100,000 changed, 0 unchanged.',
    ]);
    console.log(`most memory: ${Math.round(Math.max(0, ...peaks))} MiB`);
    expect(Math.max(0, ...peaks)).toBeLessThan(400);
    await rm(folder, { recursive: true });
  });
});
