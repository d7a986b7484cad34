import { parse, print, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createValueNamer, reserveVariables } from './reserved-variables.js';

const operationOf = (query: string) => parse(query).definitions[0] as OperationDefinitionNode;

describe('reserveVariables', () => {
  it('renames the planner’s variable wherever it is used, and no other', () => {
    const query = (own: string, other: string) =>
      `query ($${own}: Int = 1, $${other}: Int, $id: ID) { a(x: { y: [$${own}, $id] }) @b(c: $${other}) ...F }
       fragment F on A { d(e: $${own}) }`;
    expect(print(reserveVariables(parse(query('representations', 'representations_'))))).toBe(
      print(parse(query('representations_', 'representations__'))),
    );
  });

  it('leaves other documents as they are', () => {
    const document = parse('query ($r: Int) { a(r: $r, representations: 1) { representations } }');
    expect(reserveVariables(document)).toBe(document);
  });
});

describe('createValueNamer', () => {
  it('gives each value the name of its variable, also if one of them has no value', () => {
    const operation = operationOf(
      'query ($representations_: Int, $representations__: Int, $id: ID) { a }',
    );
    const nameValues = createValueNamer(operation);
    expect(nameValues?.({ representations: 1, id: 'x' })).toEqual({ representations_: 1, id: 'x' });
    expect(nameValues?.({ representations_: null })).toEqual({ representations__: null });
  });

  it('is not needed without such variables', () => {
    expect(createValueNamer(operationOf('query ($r: Int) { a }'))).toBeUndefined();
  });
});
