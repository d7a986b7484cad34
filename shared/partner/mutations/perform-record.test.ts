import { describe, expect, it } from 'vitest';
import { testDatabases } from '../../testing/databases.js';
import { openNotes } from './test-notes.js';

describe.each(testDatabases)('the record of perform on $name', (kind) => {
  it('records what it changed once, whoever repeats it, and nothing that was refused', async () => {
    await using book = await openNotes(kind);
    const input = { text: 'one', idempotencyKey: 'k' };
    const [note] = await Promise.all([book.write(input), book.write(input), book.write(input)]);
    await book.restart();
    await book.write(input);
    const refused = book.write({ text: 'two' }, { ask: () => Promise.reject(new Error('no')) });
    await expect(refused).rejects.toThrow('no');
    await expect(book.write({ text: 'two', idempotencyKey: 'k' })).rejects.toThrow();
    expect(await book.changes()).toEqual([
      {
        sequence: 1,
        at: '2026-11-24T12:00:00.000Z',
        organisation: 'dk',
        person: 'x',
        mutation: 'writeNote',
        subject: note.id,
        fields: ['text', 'version'],
        reason: null,
      },
    ]);
  });

  it('records a reason up to its 1,000th character', async () => {
    await using book = await openNotes(kind);
    await book.write({ text: 'one' }, { reason: 'Snow' });
    await book.write({ text: 'two' }, { reason: 'x'.repeat(1_001) });
    expect(await book.changes()).toMatchObject([
      { reason: 'Snow' },
      { reason: `${'x'.repeat(999)}…` },
    ]);
  });
});
