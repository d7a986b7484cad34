import { Kind, parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import {
  decideConditions,
  isNeverAsked,
  readDecidingVariables,
  readDecision,
} from './decide-conditions.js';

const read = (query: string) => {
  const document = parse(query);
  const operation = document.definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation) throw new Error('No operation.');
  return { document, operation, deciding: readDecidingVariables(document, operation) };
};

describe('readDecidingVariables', () => {
  it('lists the variables of conditions, also in fragments, with their default values', () => {
    const { deciding } = read(`query ($a: Int, $c: Boolean = true, $b: Boolean!) { x(n: $a) ...F }
      fragment F on Query { y @skip(if: $b) ... @include(if: $c) { z } }`);
    expect(deciding).toEqual([
      { name: 'c', byDefault: true },
      { name: 'b', byDefault: false },
    ]);
  });

  it('ignores other directives, and variables of other operations', () => {
    const { deciding } = read(`query A($a: Boolean!) { x @other(if: $a) }
      query B($b: Boolean!) { x @skip(if: $b) }`);
    expect(deciding).toEqual([]);
  });

  it('ignores variables that decide only in another operation, or in its fragments', () => {
    const { deciding } =
      read(`query A($a: Boolean, $b: Boolean!, $c: Boolean) { ...F x(n: $a) y(n: $c) }
      query B($a: Boolean!, $c: Boolean!) { x @skip(if: $a) ...G }
      fragment F on Query { ... @include(if: $b) { x } ...H } fragment G on Query { x @skip(if: $c) }
      fragment H on Query { ...I } fragment I on Query { z @skip(if: $b) }`);
    expect(deciding).toEqual([{ name: 'b', byDefault: false }]);
  });
});

describe('readDecision', () => {
  it.each(['constructor', 'toString', '__proto__'])('ignores the inherited property %s', (name) => {
    expect(readDecision([{ name, byDefault: true }], {})).toBe('1');
    expect(readDecision([{ name, byDefault: true }], JSON.parse(`{"${name}":false}`))).toBe('0');
    expect(readDecision([{ name, byDefault: false }], JSON.parse(`{"${name}":true}`))).toBe('1');
  });
});

describe('decideConditions', () => {
  const decide = (query: string, variables: Record<string, unknown>) => {
    const { document, deciding } = read(query);
    return print(decideConditions(document, deciding, readDecision(deciding, variables)));
  };

  it('writes the decision as literals', () => {
    const query =
      'query ($a: Boolean!, $b: Boolean! = true) { x @skip(if: $a) @include(if: $b) y @include(if: $a) }';
    const head = 'query ($a: Boolean!, $b: Boolean! = true)';
    expect(decide(query, { a: false })).toBe(
      print(parse(`${head} { x @skip(if: false) @include(if: true) y @include(if: false) }`)),
    );
    expect(decide(query, { a: true, b: false })).toBe(
      print(parse(`${head} { x @skip(if: true) @include(if: false) y @include(if: true) }`)),
    );
  });

  it('leaves literals and other directives unchanged', () => {
    const query = 'query ($a: Boolean!) { x @skip(if: true) @other(if: $a) y @skip(if: $a) }';
    expect(decide(query, { a: false })).toBe(
      print(parse('query ($a: Boolean!) { x @skip(if: true) @other(if: $a) y @skip(if: false) }')),
    );
  });
});

describe('isNeverAsked', () => {
  it.each([
    ['', false],
    ['@include(if: true)', false],
    ['@include(if: false)', true],
    ['@skip(if: false)', false],
    ['@skip(if: true)', true],
    ['@skip(if: false) @include(if: false)', true],
    ['@other(if: false)', false],
  ])('of `%s` is %s', (directives, isNever) => {
    expect(
      isNeverAsked(read(`{ x ${directives} }`).operation.selectionSet.selections[0]?.directives),
    ).toBe(isNever);
  });
});
