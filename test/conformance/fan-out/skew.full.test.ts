import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sampleSize } from '../../sample.js';
import { drawAnyValue } from '../execution/values.js';
import { drawOperation } from '../oracle/operations.js';
import type { DrawValue } from '../oracle/values.js';
import { openLibrary, type Answer, type Library, type Tree } from './library.js';

/** A library whose branch `south` has a server that lacks a part of the contract. */
async function openSkewed(...lacks: readonly string[]): Promise<Library> {
  const library = await openLibrary({ lacks: new Map([['south', new Set(lacks)]]) });
  onTestFinished(() => library[Symbol.asyncDispose]());
  return library;
}

const errorsOf = ({ errors = [] }: Answer) =>
  errors
    .map(({ path = [], extensions: { code, partner } }) => `${path.join('.')} ${code} ${partner}`)
    .toSorted();

const lacking = (...paths: readonly string[]) =>
  paths.map((path) => `${path} PARTNER_LACKS_FIELD south`).toSorted();

const isOfSouth = ({ id }: Tree) => id.startsWith('south:');

describe('a partner whose server lacks a part of the contract', () => {
  it('gives null for a field that it lacks, and all else that it has', async () => {
    const library = await openSkewed('Copy.lentTo');
    const answer = await library.ask(
      '{ copies(first: 50) { nodes { id shelf lentTo } totalCount } }',
    );
    const { nodes, totalCount } = answer.data.copies;
    expect(totalCount).toBe(22);
    const all = Object.values(library.branches).flat();
    expect(new Set(nodes)).toEqual(
      new Set(
        all.map(({ id, shelf, lentTo }) => ({
          id,
          shelf,
          lentTo: isOfSouth({ id }) ? null : lentTo,
        })),
      ),
    );
    const places = nodes.flatMap((node: Tree, index: number) => (isOfSouth(node) ? [index] : []));
    expect(errorsOf(answer)).toEqual(
      lacking(...places.map((index: number) => `copies.nodes.${index}.lentTo`)),
    );
    expect(answer.extensions.completeness).toEqual({
      complete: false,
      partners: {
        east: { status: 'ANSWERED' },
        north: { status: 'ANSWERED' },
        south: { status: 'LACKS_FIELD' },
      },
    });
  });

  it('is asked for everything, where nobody asks for what it lacks', async () => {
    const library = await openSkewed('Copy.lentTo', 'Query.loans', 'CopyFilter.lent');
    const answer = await library.ask(
      '{ copies(filter: {}, first: 50) { nodes { id } totalCount } }',
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data.copies.totalCount).toBe(22);
    expect(answer.extensions.completeness.complete).toBe(true);
  });

  it('leaves its rows out of a page from the end, which its server does not know', async () => {
    const library = await openSkewed('Query.copies(last:)', 'Query.copies(before:)');
    const answer = await library.ask('{ copies(last: 50) { nodes { id } totalCount } }');
    const others = Object.values(library.branches)
      .flat()
      .filter((copy) => !isOfSouth(copy));
    expect(answer.data.copies.nodes.map(({ id }: Tree) => id).toSorted()).toEqual(
      others.map(({ id }) => id).toSorted(),
    );
    expect(answer.data.copies.totalCount).toBeNull();
    expect(errorsOf(answer)).toEqual(lacking('copies'));
    const forwards = await library.ask('{ copies(first: 50) { totalCount } }');
    expect(forwards.errors).toBeUndefined();
  });

  it('leaves its rows out of a list that it lacks, and makes the sum unknown', async () => {
    const library = await openSkewed('Query.loans', 'Query.copies');
    const answer = await library.ask(
      '{ loans copies(first: 50) { nodes { id } totalCount countAtLeast } }',
    );
    expect(answer.data).toMatchObject({
      loans: null,
      copies: { totalCount: null, countAtLeast: 18 },
    });
    expect(answer.data.copies.nodes).toHaveLength(18);
    expect(errorsOf(answer)).toEqual(lacking('copies', 'loans'));
    // There was nothing to ask it for, beyond the check of its health.
    const asked = library.proxies.south!.requests.map(({ query }) => query);
    expect(new Set(asked)).toEqual(new Set(['{ __typename }']));
  });

  it('is left out of a list whose filter it would ignore', async () => {
    const library = await openSkewed('CopyFilter.lent');
    const query =
      'query($filter: CopyFilter) { copies(filter: $filter, first: 50) { nodes { id } } }';
    const filtered = await library.ask(query, { filter: { lent: true } });
    expect(filtered.data.copies.nodes.some(isOfSouth)).toBe(false);
    expect(errorsOf(filtered)).toEqual(lacking('copies'));
    const plain = await library.ask(query, { filter: { lent: null } });
    expect(errorsOf(plain)).toEqual(lacking('copies'));
    const unfiltered = await library.ask(query, { filter: {} });
    expect(unfiltered.errors).toBeUndefined();
    expect(unfiltered.data.copies.nodes.filter(isOfSouth)).toHaveLength(4);
  });

  it('changes nothing by a mutation that it lacks, or whose input it lacks', async () => {
    const query = 'mutation { lend(input: { copy: "south:2", reader: "Eva" }) { id lentTo } }';
    for (const lacks of [['Mutation', 'Mutation.lend'], ['LendInput.reader']]) {
      const library = await openSkewed(...lacks);
      const answer = await library.ask(query);
      expect(answer.data).toEqual({ lend: null });
      expect(errorsOf(answer)).toEqual(lacking('lend'));
      expect(answer.extensions.written).toBeUndefined();
      expect(library.branches.south![1]!.lentTo).toBeNull();
    }
  });

  it('acknowledges a mutation of whose result it lacks a field', async () => {
    const library = await openSkewed('Copy.lentTo');
    const answer = await library.ask(
      'mutation { lend(input: { copy: "south:2", reader: "Eva" }) { id lentTo } }',
    );
    expect(answer.data).toEqual({ lend: { id: 'south:2', lentTo: null } });
    expect(errorsOf(answer)).toEqual(lacking('lend.lentTo'));
    expect(answer.extensions.written).toEqual(['lend']);
    expect(library.branches.south![1]!.lentTo).toBe('Eva');
  });

  it('makes what is around it null, where the contract allows no null', async () => {
    const library = await openSkewed('Copy.isbn');
    const answer = await library.ask(
      '{ copy(id: "south:2") { id isbn } copies(first: 50) { nodes { isbn } totalCount } }',
    );
    expect(answer.data.copy).toBeNull();
    expect(answer.data.copies).toMatchObject({ totalCount: null });
    expect(answer.data.copies.nodes).toHaveLength(18);
    expect(errorsOf(answer)).toEqual(lacking('copies', 'copy'));
  });

  it('lacks an entity’s gathered field, or the whole entity', async () => {
    const counted = await openSkewed('Book.copyCount');
    const answer = await counted.ask('{ book(isbn: "1") { copyCount copies { id } } }');
    expect(answer.data.book.copyCount).toBeNull();
    expect(answer.data.book.copies.filter(isOfSouth)).toHaveLength(2);
    expect(errorsOf(answer)).toEqual(lacking('book.copyCount'));

    const without = await openSkewed('Book');
    const lost = await without.ask('{ book(isbn: "1") { title copyCount copies { id } } }');
    expect(lost.data.book).toMatchObject({ title: 'Kalevipoeg', copyCount: null });
    expect(lost.data.book.copies.filter(isOfSouth)).toEqual([]);
    expect(errorsOf(lost)).toEqual(lacking('book'));
  });
});

/** What a server may lack and still be found and merged: no keys, no sort keys. */
const canBeLacking = [
  'Query.copy',
  'Query.opening',
  'Query.copies',
  'Query.shelves',
  'Query.loans',
  'Query.copies(filter:)',
  'CopyFilter.lent',
  'CopyFilter.copy',
  'Copy.isbn',
  'Copy.lentTo',
  'CopyConnection.nodes',
  'CopyConnection.totalCount',
  'Shelf.copies',
  'Book.copies',
  'Book.copyCount',
  'Book',
];

/** The places where two trees differ. */
function findDifferences(
  whole: Tree,
  skewed: Tree,
  path: readonly (string | number)[] = [],
): (readonly (string | number)[])[] {
  const isTree = (value: Tree) => typeof value === 'object' && value !== null;
  if (!isTree(whole) || !isTree(skewed)) return whole === skewed ? [] : [path];
  if (Array.isArray(whole) && whole.length !== skewed.length) return [path];
  return Object.keys(whole).flatMap((key) =>
    findDifferences(whole[key], skewed[key], [...path, Array.isArray(whole) ? Number(key) : key]),
  );
}

/** No cursor that no list has, and no page without rows: the whole library would refuse them. */
const drawValidValue: DrawValue = (draw, name, type, of) => {
  if (name === 'after' || name === 'before') return null;
  if (name === 'first' || name === 'last') return 1 + draw(fc.nat, { max: 8 });
  return drawAnyValue(draw, name, type, of);
};

describe('drawn operations over a server that lacks drawn parts', () => {
  it.each([1, 2, 3, 4])('lose nothing without saying so, seed %i', async (seed) => {
    const [lacks = []] = fc.sample(fc.subarray(canBeLacking, { minLength: 3, maxLength: 6 }), {
      seed,
      numRuns: 1,
    });
    const whole = await openSkewed();
    const skewed = await openSkewed(...lacks);
    let named = 0;
    const drawn = fc.asyncProperty(fc.gen(), async (draw) => {
      const { query, variables } = drawOperation(draw, whole.hub.schema, drawValidValue);
      fc.pre(validate(whole.hub.schema, parse(query)).length === 0);
      const right = await whole.ask(query, variables);
      fc.pre(right.errors === undefined);
      const answer = await skewed.ask(query, variables);
      const { errors = [], extensions } = answer;
      for (const { extensions: own } of errors)
        expect(own, query).toEqual({ code: 'PARTNER_LACKS_FIELD', partner: 'south' });
      expect(extensions.completeness.complete, query).toBe(errors.length === 0);
      named += errors.length;
      const said = errors.map(({ path = [] }) => path.join('.'));
      for (const path of findDifferences(right.data, answer.data)) {
        const place = path.join('.');
        const isSaid = said.some(
          (one) =>
            `${place}.`.startsWith(`${one}.`) ||
            `${one}.`.startsWith(`${place}.`) ||
            one.replace(/[^.]*$/, '') === place.replace(/[^.]*$/, ''),
        );
        expect({ lacks, place, isSaid }, query).toEqual({ lacks, place, isSaid: true });
      }
    });
    await fc.assert(drawn, { seed, numRuns: sampleSize(2, 15), endOnFailure: true });
    expect(named).toBeGreaterThan(0);
  });
});
