import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { Spool } from './spool.js';

const leftOvers = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('hub-export-'));

describe('Spool', () => {
  it.each([
    ['in memory', 1_000],
    ['in a file', 10],
    ['in a file, all of it', 0],
  ])('returns what was written, %s', async (_where, memory) => {
    await using spool = new Spool({ memory, most: 1_000 });
    for (const part of ['one ', 'å'.repeat(8), ' three', '']) await spool.write(part);
    const whole = `one ${'å'.repeat(8)} three`;
    expect(await text(await spool.read())).toBe(whole);
    expect(spool.bytes).toBe(Buffer.byteLength(whole));
  });

  it('returns nothing if nothing was written', async () => {
    await using spool = new Spool({ memory: 0, most: 1_000 });
    expect(await text(await spool.read())).toBe('');
  });

  it('leaves no file behind, even while it is written', async () => {
    const spool = new Spool({ memory: 0, most: 1_000 });
    await spool.write('secret');
    expect(await leftOvers()).toEqual([]);
    await spool[Symbol.asyncDispose]();
  });
});

describe('QUERY_TOO_COMPLEX', () => {
  it('is raised for an export that exceeds the limit', async () => {
    await using spool = new Spool({ memory: 10, most: 11 });
    await spool.write('12345678901');
    await expect(spool.write('2')).rejects.toMatchObject({
      extensions: { code: 'QUERY_TOO_COMPLEX', limit: 'exportBytes', most: 11 },
    });
  });
});
