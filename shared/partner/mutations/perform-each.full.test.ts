import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HubError } from '../../errors/hub-error.js';
import { violateRule } from '../../errors/rules.js';
import { bothDatabases, type TestDatabaseKind } from '../../testing/databases.js';
import { checkVersion } from './find-for-change.js';
import { IdempotencyKey, type ItemResult } from './idempotency-key.entity.js';
import { performEach, type Step } from './perform-each.js';
import { closeKeys, perform } from './perform.js';
import { Note, openNotes } from './test-notes.js';

/** What happens to a note: it is written, or refused before, after or without a write. */
type Way = 'write' | 'breaksRule' | 'partnerAway' | 'forbidden' | 'fails';

interface NoteItem {
  readonly note: string;
  readonly text: string;
  readonly version: number;
  readonly way: Way;
}

type Book = Awaited<ReturnType<typeof openNotes>>;

/** Writes a note and its copy. A rule refuses it only after both are written. */
function stepOf({ note: id, text, version, way }: NoteItem): Step<string> {
  return {
    check: () => (text === 'full' ? violateRule('PLANNED_SIZE', 'input.book') : Promise.resolve()),
    ask: () =>
      way === 'partnerAway'
        ? Promise.reject(new HubError('PARTNER_UNAVAILABLE', { partner: 'se' }))
        : Promise.resolve(text),
    async write(manager, asked) {
      if (text === 'full') violateRule('PLANNED_SIZE', 'input.book');
      const known = await manager.findOneBy(Note, { id });
      checkVersion(known ?? { version: 0 }, version);
      const note = { id, text: asked, version: version + 1 };
      await manager.upsert(Note, note, ['id']);
      await manager.upsert(Note, { ...note, id: `${id}-copy` }, ['id']);
      if (way === 'breaksRule') violateRule('DATE_ORDER', 'input.text');
      if (way === 'forbidden') throw new HubError('FORBIDDEN');
      if (way === 'fails') throw new TypeError('A mistake of ours.');
      return note;
    },
  };
}

const keepNotes = (
  book: Book,
  items: readonly NoteItem[],
  idempotencyKey: string | null = null,
): Promise<readonly ItemResult[]> => {
  const input = { items, idempotencyKey };
  return performEach(book.contextOf('dk'), {
    name: 'keepNotes',
    input,
    record: 'dk:book',
    list: 'items',
    common: ['book'],
    items: items.map((item) => ({ id: item.note, ...stepOf(item) })),
  });
};

/** The same by one mutation for each, in order. */
async function keepOneByOne(book: Book, items: readonly NoteItem[]): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const [place, item] of items.entries()) {
    const done = perform(book.contextOf('dk'), { name: 'keepNote', input: {}, ...stepOf(item) });
    const refusal = await done.then(
      () => null,
      ({ extensions, message }: HubError): Record<string, unknown> => ({ ...extensions, message }),
    );
    const argument = refusal?.['argument'];
    const isOfItem = typeof argument === 'string' && argument !== 'input.book';
    const own = isOfItem ? { argument: argument.replace('input', `input.items.${place}`) } : {};
    results.push({ id: item.note, refusal: refusal && { ...refusal, ...own } });
  }
  return results;
}

/** Without the fields of a refusal that are null. */
const withoutNulls = (results: readonly ItemResult[]) =>
  results.map(({ id, refusal }) => ({
    id,
    refusal:
      refusal && Object.fromEntries(Object.entries(refusal).filter(([, value]) => value !== null)),
  }));

/** Which fields of which notes were changed since a link of the record. */
async function changesSince(book: Book, links: number): Promise<Record<string, string[]>> {
  const fields = new Map<string, Set<string>>();
  for (const link of (await book.changes()).slice(links)) {
    if (!('subject' in link)) continue;
    const known = fields.get(link.subject) ?? new Set();
    fields.set(link.subject, known);
    for (const field of link.fields) known.add(field);
  }
  return Object.fromEntries([...fields].map(([subject, all]) => [subject, [...all].toSorted()]));
}

const sorted = (notes: readonly Note[]) => notes.toSorted((a, b) => (a.id < b.id ? -1 : 1));

const item = (note: string, more: Partial<NoteItem> = {}): NoteItem => ({
  note,
  text: 'one',
  version: 0,
  way: 'write',
  ...more,
});

const items = fc.array(
  fc.record<NoteItem>({
    note: fc.constantFrom('dk:1', 'dk:2', 'dk:3', 'dk:4'),
    text: fc.constantFrom('one', 'two', 'full'),
    version: fc.nat({ max: 3 }),
    way: fc.constantFrom('write', 'write', 'write', 'breaksRule', 'partnerAway'),
  }),
  { minLength: 1, maxLength: 8 },
);

async function openTwo(kind: TestDatabaseKind) {
  const [together, oneByOne] = [await openNotes(kind), await openNotes(kind)];
  return {
    together,
    oneByOne,
    async [Symbol.asyncDispose]() {
      await together[Symbol.asyncDispose]();
      await oneByOne[Symbol.asyncDispose]();
    },
  };
}

describe.each(bothDatabases)('performEach on $name', (kind) => {
  it('does what its items do one after the other, in random batches', async () => {
    await using books = await openTwo(kind);
    const { together, oneByOne } = books;
    const numRuns = kind.name === 'SQLite' ? 100 : 20;
    for (const batch of fc.sample(items, { numRuns, seed: 32 })) {
      const before = [
        (await together.changes()).length,
        (await oneByOne.changes()).length,
      ] as const;
      const one = await keepOneByOne(oneByOne, batch);
      const all = keepNotes(together, batch);
      if (batch.every(({ way }) => way === 'partnerAway'))
        await expect(all).rejects.toMatchObject({ code: 'PARTNER_UNAVAILABLE' });
      else expect(withoutNulls(await all), JSON.stringify(batch)).toEqual(one);
      expect(sorted(await together.notes())).toEqual(sorted(await oneByOne.notes()));
      expect(await changesSince(together, before[0])).toEqual(
        await changesSince(oneByOne, before[1]),
      );
      // The next batch begins without notes once all four are written.
      for (const book of [together, oneByOne])
        if ((await book.notes()).length === 8) await book.manager().clear(Note);
    }
  });

  it('has one effect and one result, however often, at the same time or after a restart', async () => {
    await using book = await openNotes(kind);
    const batch = [item('dk:1'), item('dk:2', { way: 'breaksRule' }), item('dk:3')];
    const all = await Promise.all(Array.from({ length: 20 }, () => keepNotes(book, batch, 'k')));
    await book.restart();
    all.push(await keepNotes(book, batch, 'k'));
    const refusal = expect.objectContaining({ rule: 'DATE_ORDER', argument: 'input.items.1.text' });
    for (const results of all)
      expect(results).toEqual([
        { id: 'dk:1', refusal: null },
        { id: 'dk:2', refusal },
        { id: 'dk:3', refusal: null },
      ]);
    expect((await book.notes()).map(({ id, version }) => [id, version]).toSorted()).toEqual([
      ['dk:1', 1],
      ['dk:1-copy', 1],
      ['dk:3', 1],
      ['dk:3-copy', 1],
    ]);
    expect(await book.changes()).toHaveLength(4);
    await expect(keepNotes(book, batch.slice(1), 'k')).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('writes nothing if one item fails, wherever it stands, or is forbidden', async () => {
    await using book = await openNotes(kind);
    const names = ['dk:1', 'dk:2', 'dk:3'];
    for (const way of ['fails', 'forbidden'] as const)
      for (const broken of names) {
        const batch = names.map((name) => item(name, name === broken ? { way } : {}));
        const failing = keepNotes(book, batch, 'k');
        await expect(failing).rejects.toThrow(
          way === 'fails' ? 'A mistake of ours.' : 'Not allowed',
        );
      }
    expect(await book.notes()).toEqual([]);
    expect(await book.changes()).toEqual([]);
    expect(await book.manager().count(IdempotencyKey)).toBe(0);
    expect(await keepNotes(book, [item('dk:1')], 'k')).toEqual([{ id: 'dk:1', refusal: null }]);
  });

  it('refuses what needs an unavailable partner, and all only if all need it', async () => {
    await using book = await openNotes(kind);
    const away = item('dk:1', { way: 'partnerAway' });
    await expect(keepNotes(book, [away, item('dk:2', away)], 'k')).rejects.toMatchObject({
      extensions: { code: 'PARTNER_UNAVAILABLE', partner: 'se' },
    });
    const results = await keepNotes(book, [away, item('dk:2')], 'k');
    expect(results).toMatchObject([
      { refusal: { code: 'PARTNER_UNAVAILABLE', partner: 'se', argument: null } },
      { refusal: null },
    ]);
  });

  it('closes its key for each of its records, and for those that were refused', async () => {
    await using book = await openNotes(kind);
    const batch = [item('dk:1'), item('dk:2', { way: 'breaksRule' })];
    for (const [key, record] of [
      ['a', 'dk:1'],
      ['b', 'dk:2'],
      ['c', 'dk:book'],
    ] as const) {
      await keepNotes(book, batch, key);
      await closeKeys(book.manager(), ['dk:none']);
      expect(await keepNotes(book, batch, key)).toHaveLength(2);
      await closeKeys(book.manager(), [record]);
      await expect(keepNotes(book, batch, key)).rejects.toMatchObject({ code: 'CONFLICT' });
    }
    const hashes = (await book.manager().find(IdempotencyKey)).map(({ inputHash }) => inputHash);
    expect(hashes).toEqual(['', '', '']);
  });
});
