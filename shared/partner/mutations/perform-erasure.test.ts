import { readFile } from 'node:fs/promises';
import type { EntityManager } from 'typeorm';
import { describe, expect, it } from 'vitest';
import type { Reader } from '../../identity/reader.js';
import { watchCommits } from '../../records/changes/record-writes.js';
import { type TestDatabaseKind, testDatabases } from '../../testing/databases.js';
import { closeKeys, performErasure, performOwnErasure } from './perform.js';
import { Note, openNotes } from './test-notes.js';

const erase = (id: string) => (manager: EntityManager) =>
  manager.update(Note, { id }, { text: '' }).then(() => true);

const recorded = {
  at: '2026-11-24T12:00:00.000Z',
  organisation: 'dk',
  mutation: 'eraseNote',
  fields: ['text'],
  reason: null,
};

const [sqlite] = testDatabases as [TestDatabaseKind];

describe.each(testDatabases)('performErasure on $name', (kind) => {
  it('records who erased which fields, and returns whether something was erased', async () => {
    await using book = await openNotes(kind);
    const { id } = await book.write({ text: 'secret' });
    const context = book.contextOf('dk');
    expect(await performErasure(context, { name: 'eraseNote' }, erase(id))).toBe(true);
    expect(await performErasure(context, { name: 'eraseNote' }, async () => false)).toBe(false);
    expect(await book.notes()).toMatchObject([{ id, text: '' }]);
    expect((await book.changes()).slice(1)).toEqual([
      { ...recorded, sequence: 2, person: 'x', subject: id },
    ]);
  });

  it('records nothing of an erasure that failed', async () => {
    await using book = await openNotes(kind);
    const { id } = await book.write({ text: 'secret' });
    const context = book.contextOf('dk');
    const failing = performErasure(context, { name: 'eraseNote' }, async (manager) => {
      await erase(id)(manager);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await book.notes()).toMatchObject([{ text: 'secret' }]);
    expect(await book.changes()).toHaveLength(1);
  });

  it('names no person for the partner’s own server, or an anonymous caller', async () => {
    await using book = await openNotes(kind);
    const [one, other] = [await book.write({ text: 'one' }), await book.write({ text: 'two' })];
    const context = book.contextOf('fi');
    await performOwnErasure(context, { name: 'eraseNote' }, async (manager) => {
      await erase(one.id)(manager);
    });
    // The claims of a token that was not verified name nobody.
    const unknown = { ...context, reader: { ...context.reader, kind: 'anonymous' } as Reader };
    await performErasure(unknown, { name: 'eraseNote' }, erase(other.id));
    expect((await book.changes()).slice(2)).toEqual([
      { ...recorded, sequence: 3, person: null, subject: one.id },
      { ...recorded, sequence: 4, organisation: '', person: null, subject: other.id },
    ]);
  });
});

describe('watchCommits', () => {
  it('is called after each mutation and each erasure, and not for a refused one', async () => {
    await using book = await openNotes(sqlite);
    const context = book.contextOf('dk');
    let commits = 0;
    watchCommits(context.source, () => (commits += 1));
    const { id } = await book.write({ text: 'secret' });
    expect(commits).toBe(1);
    await performErasure(context, { name: 'eraseNote' }, erase(id));
    expect(commits).toBe(2);
    await performOwnErasure(context, { name: 'eraseNote' }, async (manager) => {
      await erase(id)(manager);
    });
    expect(commits).toBe(3);
    const ask = () => Promise.reject(new Error('no'));
    await expect(book.write({ text: 'two' }, { ask })).rejects.toThrow('no');
    expect(commits).toBe(3);
  });
});

describe('closeKeys', () => {
  it('closes the keys of the given records only', async () => {
    await using book = await openNotes(sqlite);
    const one = await book.write({ text: 'one', idempotencyKey: '1' });
    const two = await book.write({ text: 'two', idempotencyKey: '2' });
    await closeKeys(book.manager(), []);
    await closeKeys(book.manager(), [one.id]);
    await expect(book.write({ text: 'one', idempotencyKey: '1' })).rejects.toMatchObject({
      extensions: { code: 'CONFLICT' },
    });
    expect(await book.write({ text: 'two', idempotencyKey: '2' })).toEqual(two);
  });
});

describe('performErasure on SQLite', () => {
  it('leaves no erased text in the file or its log', async () => {
    await using book = await openNotes(sqlite);
    const context = book.contextOf('dk');
    const file = String(context.source.options.database);
    const read = async () =>
      Buffer.concat(await Promise.all([file, `${file}-wal`].map((path) => readFile(path))));
    const { id } = await book.write({ text: 'an unmistakable secret' });
    expect(await read()).toSatisfy((bytes: Buffer) => bytes.includes('an unmistakable secret'));
    await performErasure(context, { name: 'eraseNote' }, erase(id));
    expect(await read()).not.toSatisfy((bytes: Buffer) => bytes.includes('unmistakable secret'));
  });
});
