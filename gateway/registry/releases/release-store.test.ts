import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createReleaseStore } from './release-store.js';
import { noHash, type ReleaseContent } from './release.js';

const content = (reason: string): ReleaseContent => ({
  reason,
  isPinned: false,
  basis: 'ab'.repeat(32),
  supergraphSdl: `type Query { ${reason}: String }`,
  contracts: [{ name: 'nbnp', sdl: 'type Query { a: String }' }],
  publications: {
    nbnp: { sequence: 7, hash: 'cd'.repeat(32), schemaVersion: '1', lacks: ['A.b'] },
  },
});

async function openFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'hub-releases-'));
  const store = createReleaseStore(folder);
  return {
    folder,
    store,
    fileOf: (number: number) => join(folder, `${String(number).padStart(6, '0')}.json`),
    /** Release 1 to 3. */
    async fill() {
      for (const reason of ['one', 'two', 'three']) await store.write(content(reason));
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

describe('releases', () => {
  it('are numbered, and each names the file before', async () => {
    await using given = await openFolder();
    expect(given.store.findNewest()).toEqual({ release: undefined, errors: [] });
    await given.fill();
    const { release, errors } = given.store.findNewest();
    expect(errors).toEqual([]);
    expect(release).toMatchObject({ number: 3, ...content('three') });
    expect(given.store.read(1).release?.previous).toBe(noHash);
    expect(given.store.listNumbers()).toEqual([3, 2, 1]);
  });

  it('are JSON, readable with any tool', async () => {
    await using given = await openFolder();
    await given.fill();
    const file = JSON.parse(await readFile(given.fileOf(2), 'utf8')) as { release: object };
    expect(file.release).toMatchObject({ number: 2, reason: 'two' });
  });

  it('are written by several processes without a gap or a loss', async () => {
    await using given = await openFolder();
    const other = createReleaseStore(given.folder);
    const write = (reason: string, index: number) =>
      (index % 2 ? given.store : other).write(content(reason));
    await Promise.all(['a', 'b', 'c', 'd'].map(write));
    expect(given.store.listNumbers()).toEqual([4, 3, 2, 1]);
    expect(given.store.listNumbers().map((number) => given.store.read(number).error)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are removed when they are old', async () => {
    await using given = await openFolder();
    const store = createReleaseStore(given.folder, { keep: 2 });
    for (const reason of ['one', 'two', 'three']) await store.write(content(reason));
    expect(store.listNumbers()).toEqual([3, 2]);
    expect(store.findNewest()).toMatchObject({ release: { number: 3 }, errors: [] });
  });
});

describe('a spoilt release', () => {
  /** Spoils the newest file in many ways, and says which release is used then. */
  async function spoil(change: (text: Buffer, index: number) => Buffer, step: number) {
    await using given = await openFolder();
    await given.fill();
    const text = await readFile(given.fileOf(3));
    const used = new Set<number | undefined>();
    for (let index = 0; index < text.length; index += step) {
      await writeFile(given.fileOf(3), change(text, index));
      const { release, errors } = given.store.findNewest();
      expect(errors).toEqual([{ number: 3, error: expect.any(String) as string }]);
      used.add(release?.number);
    }
    return [...used];
  }

  it('is passed over wherever it is cut off', async () => {
    expect(await spoil((text, length) => text.subarray(0, length), 3)).toEqual([2]);
  });

  it('is passed over whichever bit is flipped', async () => {
    const flip = (text: Buffer, index: number) => {
      const copy = Buffer.from(text);
      copy[index] = (copy[index] ?? 0) ^ (1 << (index % 8));
      return copy;
    };
    expect(await spoil(flip, 1)).toEqual([2]);
  });

  it('is passed over if it is a copy of another', async () => {
    await using given = await openFolder();
    await given.fill();
    await writeFile(given.fileOf(3), await readFile(given.fileOf(1)));
    expect(given.store.findNewest()).toMatchObject({ release: { number: 2 } });
  });

  it.each([1, 2, 3])('does not stop the others: %i is removed', async (removed) => {
    await using given = await openFolder();
    await given.fill();
    await rm(given.fileOf(removed));
    const newest = removed === 3 ? 2 : 3;
    expect(given.store.findNewest()).toMatchObject({ release: { number: newest }, errors: [] });
  });

  it('before the newest does not make the newest unusable', async () => {
    await using given = await openFolder();
    await given.fill();
    await writeFile(given.fileOf(2), 'x');
    expect(given.store.findNewest()).toMatchObject({ release: { number: 3 }, errors: [] });
  });

  it('is found if another whole file takes the place of the one before', async () => {
    await using given = await openFolder();
    await given.fill();
    await using other = await openFolder();
    await other.store.write(content('uno'));
    await other.store.write(content('due'));
    await writeFile(given.fileOf(2), await readFile(other.fileOf(2)));
    expect(given.store.read(3).error).toBe('it does not continue release 2');
  });

  it('keeps its number: the next one is written after it', async () => {
    await using given = await openFolder();
    await given.fill();
    await writeFile(given.fileOf(3), '');
    expect(await given.store.write(content('four'))).toMatchObject({ number: 4 });
    expect(given.store.findNewest()).toMatchObject({ release: { number: 4 }, errors: [] });
  });

  it('leaves no release if all are spoilt', async () => {
    await using given = await openFolder();
    await given.fill();
    for (const number of [1, 2, 3]) await writeFile(given.fileOf(number), '{}');
    const { release, errors } = given.store.findNewest();
    expect(release).toBeUndefined();
    expect(errors.map(({ number }) => number)).toEqual([3, 2, 1]);
  });
});
