import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAdministrationLog } from './administration-log.js';

async function openLog() {
  const folder = await mkdtemp(join(tmpdir(), 'hub-administration-'));
  const path = join(folder, 'registry', 'administration.jsonl');
  return {
    path,
    log: createAdministrationLog(path),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

describe('the log of administration', () => {
  it('is whole before anything was written', async () => {
    await using given = await openLog();
    expect(given.log.verify()).toMatchObject({ isWhole: true, entries: 0 });
  });

  it('keeps what was done, in order', async () => {
    await using given = await openLog();
    await given.log.append('RELEASED', { number: 1 });
    await given.log.append('PUBLICATION_REFUSED', { partner: 'dk', code: 'MANIFEST_UNSIGNED' });
    expect(given.log.read().map(({ event, details }) => [event, details])).toEqual([
      ['RELEASED', { number: 1 }],
      ['PUBLICATION_REFUSED', { partner: 'dk', code: 'MANIFEST_UNSIGNED' }],
    ]);
    expect(given.log.verify()).toMatchObject({ isWhole: true, entries: 2 });
  });

  it('takes entries of several writers at a time', async () => {
    await using given = await openLog();
    const other = createAdministrationLog(given.path);
    const append = (number: number) =>
      (number % 2 ? given.log : other).append('RELEASED', { number });
    await Promise.all([1, 2, 3, 4, 5, 6].map(append));
    expect(given.log.verify()).toMatchObject({ isWhole: true, entries: 6 });
  });

  it('shows each changed character, and each removed line but the last', async () => {
    await using given = await openLog();
    for (const number of [1, 2, 3]) await given.log.append('RELEASED', { number });
    const text = await readFile(given.path, 'utf8');
    for (let index = 0; index < text.length - 1; index += 1) {
      if (text[index] === '\n') continue;
      const other = text[index] === '1' ? '2' : '1';
      await writeFile(given.path, text.slice(0, index) + other + text.slice(index + 1));
      expect(given.log.verify().isWhole, `at ${index}`).toBe(false);
    }
    const lines = text.split('\n');
    for (const removed of [0, 1]) {
      await writeFile(given.path, lines.filter((_line, index) => index !== removed).join('\n'));
      expect(given.log.verify()).toMatchObject({ isWhole: false, sequence: removed + 1 });
    }
  });

  it('goes on after a line that a crash cut off', async () => {
    await using given = await openLog();
    await given.log.append('RELEASED', { number: 1 });
    await appendFile(given.path, '{"sequence":2,"at');
    await given.log.append('RELEASED', { number: 2 });
    expect(given.log.verify()).toMatchObject({ isWhole: true, entries: 2 });
  });

  it('does not wait for a process that ended while it wrote', async () => {
    await using given = await openLog();
    await given.log.append('RELEASED', { number: 1 });
    // No process has this number: it is beyond the largest.
    await writeFile(`${given.path}.lock`, '99999999');
    await given.log.append('RELEASED', { number: 2 });
    expect(given.log.verify()).toMatchObject({ isWhole: true, entries: 2 });
  });
});
