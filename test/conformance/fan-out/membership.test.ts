import { describe, expect, it, onTestFinished } from 'vitest';
import { openLibrary, type Answer, type Library, type Tree } from './library.js';

/** A library of which one partner takes no part. */
async function openWith(code: string, state: 'SUSPENDED' | 'REMOVED'): Promise<Library> {
  const library = await openLibrary({ closed: new Map([[code, state]]) });
  onTestFinished(() => library[Symbol.asyncDispose]());
  return library;
}

const errorsOf = ({ errors = [] }: Answer) =>
  errors
    .map(({ path = [], extensions: { code, partner } }) => `${path.join('.')} ${code} ${partner}`)
    .toSorted();

const copies = '{ copies(first: 50) { nodes { id } totalCount countAtLeast } loans }';
const copiesOf = ({ branches }: Library, ...codes: readonly string[]) =>
  codes.flatMap((code) => branches[code]?.map(({ id }) => id) ?? []).toSorted();
const idsOf = ({ data }: Answer): string[] =>
  data.copies.nodes.map(({ id }: Tree) => id).toSorted();

describe('a suspended partner', () => {
  it('is not asked, and its rows are missing, which each response says', async () => {
    const library = await openWith('south', 'SUSPENDED');
    const answer = await library.ask(copies);
    expect(idsOf(answer)).toEqual(copiesOf(library, 'north', 'east'));
    expect(answer.data).toMatchObject({
      loans: null,
      copies: { totalCount: null, countAtLeast: 18 },
    });
    expect(errorsOf(answer)).toEqual([
      'copies PARTNER_SUSPENDED south',
      'loans PARTNER_SUSPENDED south',
    ]);
    expect(answer.extensions.completeness).toMatchObject({
      complete: false,
      partners: { south: { status: 'SUSPENDED' } },
    });
    expect(library.proxies.south!.requests).toEqual([]);
  });

  it('changes nothing by a mutation', async () => {
    const library = await openWith('south', 'SUSPENDED');
    const answer = await library.ask(
      'mutation { lend(input: { copy: "south:2", reader: "Eva" }) { id } }',
    );
    expect(answer.data).toEqual({ lend: null });
    expect(errorsOf(answer)).toEqual(['lend PARTNER_SUSPENDED south']);
    expect(library.branches.south![1]!.lentTo).toBeNull();
  });

  it('costs its own fields alone, also where nobody else serves its schema', async () => {
    const library = await openWith('catalogue', 'SUSPENDED');
    const answer = await library.ask('{ books { title } loans }');
    expect(answer.data).toEqual({ books: null, loans: 6 });
    expect(errorsOf(answer)).toEqual(['books PARTNER_SUSPENDED catalogue']);
  });
});

describe('a removed partner', () => {
  it('has no rows, and nothing is missing', async () => {
    const library = await openWith('south', 'REMOVED');
    const answer = await library.ask(copies);
    expect(answer.errors).toBeUndefined();
    expect(idsOf(answer)).toEqual(copiesOf(library, 'north', 'east'));
    expect(answer.data).toMatchObject({ loans: 5, copies: { totalCount: 18 } });
    expect(answer.extensions.completeness).toEqual({
      complete: true,
      partners: { east: { status: 'ANSWERED' }, north: { status: 'ANSWERED' } },
    });
  });

  it('leaves the id of a record to which others refer', async () => {
    const library = await openWith('south', 'REMOVED');
    const answer = await library.ask(
      '{ shown { id ... on Copy { shelf book { title } } } copy(id: "south:1") { id } }',
    );
    expect(answer.data.copy).toBeNull();
    expect(answer.data.shown[1]).toEqual({ id: 'south:2', shelf: null, book: null });
    expect(errorsOf(answer)).toEqual([
      'copy PARTNER_REMOVED south',
      'shown.1 PARTNER_REMOVED south',
      'shown.1.book PARTNER_REMOVED south',
      'shown.4 PARTNER_REMOVED south',
      'shown.4.book PARTNER_REMOVED south',
    ]);
    expect(library.proxies.south!.requests).toEqual([]);
  });
});
