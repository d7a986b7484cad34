import { describe, expect, it } from 'vitest';
import { bothDatabases } from '../../testing/databases.js';
import { participantOf } from '../../testing/open-test-partner.js';
import { findForChange } from './find-for-change.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { closeKeys, createId, perform } from './perform.js';
import { Note, openNotes } from './test-notes.js';

describe.each(bothDatabases)('perform on $name', (kind) => {
  it('executes fifty repetitions of one key once, with the same result', async () => {
    await using book = await openNotes(kind);
    const input = { text: 'one', idempotencyKey: 'k' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => book.write(input)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await book.notes()).toHaveLength(1);
  });

  it('returns the result of a repetition after a restart, without a request', async () => {
    await using book = await openNotes(kind);
    const input = { text: 'one', idempotencyKey: 'k' };
    const first = await book.write(input);
    await book.restart();
    let asked = 0;
    const ask = () => {
      asked += 1;
      return Promise.reject(new Error('asked'));
    };
    expect(await book.write(input, { ask })).toEqual(first);
    expect(asked).toBe(0);
    expect(await book.notes()).toHaveLength(1);
    await expect(book.write({ text: 'two', idempotencyKey: 'l' }, { ask })).rejects.toThrow(
      'asked',
    );
    expect(asked).toBe(1);
  });

  it('returns the result of a repetition that the first call’s change would forbid', async () => {
    await using book = await openNotes(kind);
    const input = { text: 'one', idempotencyKey: 'k' };
    const written: Note[] = [];
    const ask = async () => {
      written.push(await book.write(input));
      throw new Error('There is such a note.');
    };
    expect([await book.write(input, { ask })]).toEqual(written);
  });

  it('rejects a key with other input, and returns the version of its record', async () => {
    await using book = await openNotes(kind);
    await book.write({ text: 'one', idempotencyKey: 'k' });
    await expect(book.write({ text: 'two', idempotencyKey: 'k' })).rejects.toMatchObject({
      message: 'This idempotency key has been used with other input.',
      extensions: {
        code: 'CONFLICT',
        currentVersion: 1,
        argument: 'input.idempotencyKey',
      },
    });
    expect(await book.notes()).toHaveLength(1);
  });

  it('recognises an input with its keys in any order, and null as missing', async () => {
    await using book = await openNotes(kind);
    const write = (input: object, name = 'writeNote') => {
      const context = book.contextOf('dk');
      return perform<Note>(context, {
        name,
        input: { ...input, idempotencyKey: 'k' },
        async write(manager) {
          const note = { id: createId(context), text: 'one', version: 1 };
          await manager.insert(Note, note);
          return note;
        },
        find: (manager, id) => manager.findOneBy(Note, { id }),
      });
    };
    const c = [1, null, 2];
    const first = await write({ b: { d: 1, c }, a: 'x' });
    expect(await write({ a: 'x', b: { c, d: 1 } })).toEqual(first);
    expect(await write({ a: 'x', e: null, f: undefined, b: { c, d: 1 } })).toEqual(first);
    const conflict = { extensions: { code: 'CONFLICT' } };
    await expect(write({ a: 'x', b: { c: [2, 1], d: 1 } })).rejects.toMatchObject(conflict);
    await expect(write({ a: 'x', b: { c, d: 2 } })).rejects.toMatchObject(conflict);
    await expect(write({ a: 'x', b: { c }, d: 1 })).rejects.toMatchObject(conflict);
    const other = write({ a: 'x', b: { c, d: 1 } }, 'changeNote');
    await expect(other).rejects.toMatchObject(conflict);
    await expect(other).rejects.not.toHaveProperty('extensions.currentVersion');
    expect(await book.notes()).toHaveLength(1);
  });

  it('accepts a key of 200 characters', async () => {
    await using book = await openNotes(kind);
    expect(await book.write({ text: 'one', idempotencyKey: 'x'.repeat(200) })).toMatchObject({
      text: 'one',
    });
  });

  it('is NOT_FOUND for a key whose record was removed', async () => {
    await using book = await openNotes(kind);
    const input = { text: 'one', idempotencyKey: 'k' };
    const { id } = await book.write(input);
    await book.manager().delete(Note, { id });
    const notFound = { extensions: { code: 'NOT_FOUND', argument: 'input.idempotencyKey' } };
    await expect(book.write(input)).rejects.toMatchObject(notFound);
  });

  it('is NOT_FOUND for a repetition if the mutation keeps no record', async () => {
    await using book = await openNotes(kind);
    const remove = () =>
      perform(book.contextOf('dk'), {
        name: 'removeNote',
        input: { idempotencyKey: 'k' },
        write: () => Promise.resolve({ id: 'dk:1' }),
      });
    await remove();
    await expect(remove()).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  });

  it('separates the keys of organisations, and executes a mutation without a key each time', async () => {
    await using book = await openNotes(kind);
    await book.write({ text: 'one', idempotencyKey: 'k' });
    await book.write({ text: 'two', idempotencyKey: 'k' }, { organisation: 'fi' });
    await book.write({ text: 'one' });
    await book.write({ text: 'one', idempotencyKey: null });
    await book.write({ text: 'one', idempotencyKey: null });
    expect(await book.notes()).toHaveLength(5);
  });

  it('separates the keys of participants from those of their organisation, and of each other', async () => {
    await using book = await openNotes(kind);
    const input = { text: 'one', idempotencyKey: 'k' };
    await book.write(input);
    const writeAs = (person: string) =>
      perform<Note>(
        { ...book.contextOf('dk'), reader: participantOf(person) },
        {
          name: 'writeNote',
          input,
          async write(manager) {
            const note = { id: `dk:of-${person}`, text: 'one', version: 1 };
            await manager.insert(Note, note);
            return note;
          },
          find: (manager, id) => manager.findOneBy(Note, { id }),
        },
      );
    for (const person of ['dk:1', 'dk:2', 'dk:1'])
      expect(await writeAs(person)).toMatchObject({ id: `dk:of-${person}` });
    expect(await book.notes()).toHaveLength(3);
  });

  it('stores no failed call, and writes nothing of it', async () => {
    await using book = await openNotes(kind);
    const input = { text: 'one', idempotencyKey: 'k' };
    const context = book.contextOf('dk');
    const failing = perform<Note>(context, {
      name: 'writeNote',
      input,
      async write(manager) {
        await manager.insert(Note, { id: 'dk:1', text: 'one', version: 1 });
        return findForChange(manager, Note, 'dk:2', 'input.id');
      },
    });
    await expect(failing).rejects.toMatchObject({
      extensions: { code: 'NOT_FOUND', argument: 'input.id' },
    });
    expect(await book.notes()).toEqual([]);
    expect((await book.write(input)).text).toBe('one');
  });

  it('does not write an erased record again for a repetition', async () => {
    await using book = await openNotes(kind);
    const input = { text: 'one', idempotencyKey: 'k' };
    const { id } = await book.write(input);
    await closeKeys(book.manager(), [id]);
    await expect(book.write(input)).rejects.toMatchObject({ extensions: { code: 'CONFLICT' } });
    expect(await book.notes()).toHaveLength(1);
  });

  it('knows a key for 30 days, and then stores neither it nor its record’s id', async () => {
    await using book = await openNotes(kind);
    const keys = async () => (await book.manager().find(IdempotencyKey)).map(({ key }) => key);
    const input = { text: 'one', idempotencyKey: 'k' };
    const first = await book.write(input, { now: '2026-11-01T12:00:00Z' });
    expect(await book.write(input, { now: '2026-12-01T12:00:00Z' })).toEqual(first);
    const second = await book.write(input, { now: '2026-12-01T12:00:00.001Z' });
    expect(second.id).not.toBe(first.id);
    expect(await book.notes()).toHaveLength(2);
    await book.write({ text: 'two', idempotencyKey: 'l' }, { now: '2026-12-05T12:00:00Z' });
    expect((await keys()).toSorted()).toEqual(['k', 'l']);
    await book.write({ text: 'three', idempotencyKey: 'm' }, { now: '2027-01-01T00:00:00Z' });
    expect((await keys()).toSorted()).toEqual(['l', 'm']);
  });

  it('makes later loads of the same request read again', async () => {
    await using book = await openNotes(kind);
    const context = book.contextOf('dk');
    const note = { id: 'dk:1', text: 'one', version: 1 };
    const load = () => context.loaders.one(Note).load(note.id);
    expect(await load()).toBeNull();
    await perform<Note>(context, {
      name: 'writeNote',
      input: {},
      async write(manager) {
        await manager.insert(Note, note);
        return note;
      },
    });
    expect(await load()).toEqual(note);
  });

  it('reads no uncommitted data of another transaction', async () => {
    await using book = await openNotes(kind);
    const seen: number[] = [];
    await perform<Note>(book.contextOf('dk'), {
      name: 'writeNote',
      input: {},
      async write(manager) {
        const note = { id: 'dk:1', text: 'one', version: 1 };
        await manager.insert(Note, note);
        seen.push((await book.notes()).length);
        return note;
      },
    });
    seen.push((await book.notes()).length);
    expect(seen).toEqual([0, 1]);
  });

  it.each(['', 'x'.repeat(256), 'a\0b'])('rejects an invalid key', async (idempotencyKey) => {
    await using book = await openNotes(kind);
    await expect(book.write({ text: 'one', idempotencyKey })).rejects.toMatchObject({
      message: 'An idempotency key must have 1 to 200 characters.',
      extensions: { code: 'BAD_USER_INPUT', argument: 'input.idempotencyKey' },
    });
  });
});
