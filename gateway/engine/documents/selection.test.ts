import { Kind, parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parseSelection } from '../../fan-out/rules/test-model.js';
import {
  createSelectionSet,
  expandFragments,
  narrowOperation,
  readInnerFields,
  readTopFields,
} from './selection.js';

const flat = (text: string) => text.replace(/\s+/g, ' ');

describe('expandFragments', () => {
  it('inlines fragments where they are spread, with their directives', () => {
    const operation = expandFragments(
      parse(`fragment a on T { x ...b } query ($v: Boolean!) { t { ...a @skip(if: $v) } ...r }
             fragment b on T { y { ...c } } fragment c on U { z } fragment r on Query { k }`),
    );
    expect(flat(print(operation.selectionSet))).toBe(
      '{ t { ... on T @skip(if: $v) { x ... on T { y { ... on U { z } } } } } ... on Query { k } }',
    );
  });

  it('inlines fragments inside others', () => {
    const document = parse(`
      { group { ...A @include(if: true) } visit { ...B } }
      fragment A on Group { id visits { ...B } }
      fragment B on Visit { title }
    `);
    expect(print(expandFragments(document))).toBe(
      print(
        parse(`{
          group { ... on Group @include(if: true) { id visits { ... on Visit { title } } } }
          visit { ... on Visit { title } }
        }`),
      ),
    );
  });

  it('rejects a document without an operation, or with an unknown fragment', () => {
    expect(() => expandFragments(parse('fragment a on T { x }'))).toThrow('without an operation');
    expect(() => expandFragments(parse('{ ...a }'))).toThrow('does not define');
  });
});

describe('readTopFields', () => {
  it('collects fields by response key, with the fragments around them', () => {
    const fields = readTopFields(parseSelection('{ x y: x ... { x ... on Query { z } } }'));
    expect([...fields].map(([key, { length }]) => [key, length])).toEqual([
      ['x', 2],
      ['y', 1],
      ['z', 1],
    ]);
    const [z] = fields.get('z') ?? [];
    expect(z && flat(print(createSelectionSet([z.selection])))).toBe(
      '{ ... { ... on Query { z } } }',
    );
  });
});

describe('readInnerFields', () => {
  it('collects the fields below fields with the same response key', () => {
    const tops = readTopFields(parseSelection('{ x { i } x { i ... { j } } }'));
    const inner = readInnerFields(tops.get('x') ?? []);
    expect([...inner].map(([key, { length }]) => [key, length])).toEqual([
      ['i', 2],
      ['j', 1],
    ]);
  });
});

describe('narrowOperation', () => {
  it('keeps the variables that are used, also in the operation’s own directives', () => {
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
