import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProposalList } from './proposal-list.js';
import { createProposalStore } from './proposal-store.js';

const sdl = 'type Query { a: Int }';
const content = {
  contract: 'nbnp',
  sdl,
  hash: createHash('sha256').update(sdl).digest('hex'),
  replaces: 'b'.repeat(64),
  proposedAt: '2026-11-26T21:00:00.000Z',
  changes: [],
};

describe('the proposals', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'hub-proposals-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are numbered, and stay', async () => {
    const store = createProposalStore(join(folder, 'proposals'));
    expect(store.list()).toEqual([]);
    const first = await store.add(content);
    await store.add({ ...content, contract: 'ncm-offices' });
    await store.update({ ...first, adoptedAt: '2026-11-27T00:00:00.000Z' });
    const again = createProposalStore(join(folder, 'proposals'));
    expect(again.list().map(({ number, contract }) => `${number} ${contract}`)).toEqual([
      '2 ncm-offices',
      '1 nbnp',
    ]);
    expect(again.read(1)?.adoptedAt).toBe('2026-11-27T00:00:00.000Z');
  });

  it('take numbers of their own, though several are added at a time', async () => {
    const store = createProposalStore(folder);
    const added = await Promise.all([1, 2, 3, 4].map(() => store.add(content)));
    expect(added.map(({ number }) => number).toSorted()).toEqual([1, 2, 3, 4]);
  });

  it('are listed for the graph as they are now, without their texts', async () => {
    const store = createProposalStore(folder);
    const list = createProposalList(store);
    const { sdl: _sdl, replaces: _replaces, ...listed } = await store.add(content);
    expect(list()).toEqual([listed]);
    const adoptedAt = '2026-11-27T00:00:00.000Z';
    await store.update({ ...content, number: 1, adoptedAt });
    expect(list()).toEqual([{ ...listed, adoptedAt }]);
    const change = { kind: 'FIELD_REMOVED', severity: 'breaking', element: 'A.b', message: 'x' };
    const changes = Array.from({ length: 101 }, () => change as never);
    for (let number = 2; number <= 12; number += 1) await store.add({ ...content, changes });
    expect(list().map(({ number }) => number)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    expect(list()[0]?.changes).toHaveLength(100);
  });

  it('leave out a spoilt file, and give its number to nobody', async () => {
    const store = createProposalStore(folder);
    await store.add(content);
    await writeFile(join(folder, '000002.json'), '{"number":2');
    expect(store.list().map(({ number }) => number)).toEqual([1]);
    expect(store.read(2)).toBeUndefined();
    expect((await store.add(content)).number).toBe(3);
  });
});
