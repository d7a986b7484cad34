import { describe, expect, it } from 'vitest';
import { restateFields } from './restate-fields.js';

const agreed = `type Query {
  "Old words."
  contacts(minimum: Int = 2, after: String): Int
  a: Int # as agreed
  shared(id: ID!): Int @route(by: "id")
}`;
const extend = (field: string) => `extend type Query { ${field} b: Int }`;

describe('restateFields', () => {
  it('gives an agreed field further arguments, and leaves all else as it is written', () => {
    const field = '"New words." contacts(filter: F, minimum: Int = 2, after: String): Int';
    expect(restateFields(agreed, extend(field))).toEqual([
      `type Query {
  ${field}
  a: Int # as agreed
  shared(id: ID!): Int @route(by: "id")
}`,
      'extend type Query {  b: Int }',
    ]);
  });

  it.each(['type', 'interface'])('leaves no extension of a %s without own fields', (kind) => {
    const field = 'contacts(minimum: Int = 2, after: String, filter: F): Int';
    const [, additions] = restateFields(
      agreed.replace('type', kind),
      `extend ${kind} Query { ${field} }\ntype F { a: Int }`,
    );
    expect(additions.trim()).toBe('type F { a: Int }');
  });

  it('changes nothing where nothing is stated again', () => {
    expect(restateFields(agreed, extend(''))).toEqual([agreed, extend('')]);
  });

  it.each([
    ['lacks an argument', 'contacts(minimum: Int = 2): Int'],
    ['has another default', 'contacts(minimum: Int = 3, after: String): Int'],
    ['has another type', 'contacts(minimum: Int = 2, after: String): String'],
    ['needs a further argument', 'contacts(minimum: Int = 2, after: String, filter: F!): Int'],
  ])('refuses a field that %s', (_, field) => {
    expect(() => restateFields(agreed, extend(field))).toThrow('Query.contacts again');
  });

  it('refuses a field without its directive, and allows further ones and further arguments of it', () => {
    const again = (directives: string) => () =>
      restateFields(agreed, extend(`shared(id: ID!, last: Int): Int ${directives}`));
    expect(again('')).toThrow('Query.shared again');
    expect(again('@route(by: "last")')).toThrow('Query.shared again');
    expect(again('@route(else: "id")')).toThrow('Query.shared again');
    expect(again('@gather(by: "id")')).toThrow('Query.shared again');
    expect(again('@route(by: "id") @deprecated')).not.toThrow();
    expect(again('@route(by: "id", else: "last")')).not.toThrow();
  });
});
