import { Kind, parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { areMet } from '../conditions.js';
import {
  createSelectionSet,
  expandFragments,
  narrowOperation,
  readInnerFields,
  readTopFields,
} from './selection.js';
import { parseSelection } from './test-model.js';

const flat = (text: string) => text.replace(/\s+/g, ' ');

describe('expandFragments', () => {
  it('writes fragments where they are spread, with their directives', () => {
    const operation = expandFragments(
      parse(`fragment a on T { x ...b } query ($v: Boolean!) { t { ...a @skip(if: $v) } ...r }
             fragment b on T { y { ...c } } fragment c on U { z } fragment r on Query { k }`),
    );
    expect(flat(print(operation.selectionSet))).toBe(
      '{ t { ... on T @skip(if: $v) { x ... on T { y { ... on U { z } } } } } ... on Query { k } }',
    );
  });

  it('refuses what is no operation, or spreads what there is not', () => {
    expect(() => expandFragments(parse('fragment a on T { x }'))).toThrow('without an operation');
    expect(() => expandFragments(parse('{ ...a }'))).toThrow('does not define');
  });
});

describe('readTopFields', () => {
  it('gathers fields by response key, with the conditions around them', () => {
    const fields = readTopFields(
      parseSelection(`query ($a: Boolean!, $b: Boolean!) {
        x y: x @skip(if: $a) ... @include(if: $b) { x @skip(if: $a) ... on Query { z } } }`),
    );
    expect([...fields.keys()]).toEqual(['x', 'y', 'z']);
    expect(fields.get('x')?.map(({ conditions }) => conditions)).toEqual([
      [],
      [
        { variable: 'b', is: true },
        { variable: 'a', is: false },
      ],
    ]);
    const [z] = fields.get('z') ?? [];
    expect(z && flat(print(createSelectionSet([z.selection])))).toBe(
      '{ ... @include(if: $b) { ... on Query { z } } }',
    );
  });
});

describe('readInnerFields', () => {
  it('carries the conditions of the field above', () => {
    const tops = readTopFields(
      parseSelection('query ($a: Boolean!) { x @skip(if: $a) { i } x { i @include(if: $a) j } }'),
    );
    const inner = readInnerFields(tops.get('x') ?? []);
    expect(inner.get('i')?.map(({ conditions }) => conditions)).toEqual([
      [{ variable: 'a', is: false }],
      [{ variable: 'a', is: true }],
    ]);
    expect(inner.get('j')?.map(({ conditions }) => conditions)).toEqual([[]]);
  });
});

describe('areMet', () => {
  const conditionsOf = (directives: string) =>
    readTopFields(parseSelection(`query ($v: Boolean) { x ${directives} }`)).get('x')?.[0]
      ?.conditions ?? [];
  it.each([
    ['', {}, true],
    ['@skip(if: $v)', { v: true }, false],
    ['@skip(if: $v)', { v: false }, true],
    ['@include(if: $v)', { v: true }, true],
    ['@include(if: $v)', {}, false],
    ['@include(if: true)', {}, true],
    ['@include(if: false)', {}, false],
    ['@skip(if: true)', {}, false],
    ['@skip(if: $v) @include(if: $v)', { v: true }, false],
  ])('of `%s` with %j is %s', (directives, variables, isMet) => {
    expect(areMet(conditionsOf(directives), variables)).toBe(isMet);
  });
});

describe('narrowOperation', () => {
  it('keeps the variables that are used, also those of the operation’s own directives', () => {
    const operation = expandFragments(
      parse(
        'query Q($a: Int, $b: In = { x: 1 }, $c: Int, $d: Int) @d(x: $d) { x(a: $a) y(in: { z: [$b] }) }',
      ),
    );
    const [first, second] = operation.selectionSet.selections;
    if (first?.kind !== Kind.FIELD || !second) throw new Error('Two fields.');
    const narrowed = narrowOperation(operation, [second]);
    expect(flat(print(narrowed.operation))).toBe(
      'query Q($b: In = {x: 1}, $d: Int) @d(x: $d) { y(in: {z: [$b]}) }',
    );
    expect([...narrowed.variables].toSorted()).toEqual(['b', 'd']);
  });
});
