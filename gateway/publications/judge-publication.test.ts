import { describe, expect, it } from 'vitest';
import { judgePublication } from './judge-publication.js';

const contract = 'type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! }';

const judge = (schema: string) =>
  judgePublication(
    {
      subgraph: 'things',
      schema,
      contract,
      isOnly: true,
      served: new Map([['things', contract]]),
      consents: [],
    },
    () => {
      throw new Error('It is composed.');
    },
  );

const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

describe('a schema that is too large to be composed', () => {
  it.each([
    ['types', many(501, (index) => `type T${index} { a: Int }`), '1,002 elements'],
    ['fields', `type T { ${many(1_001, (index) => `a${index}: Int`)} }`, '1,002 elements'],
    // An unknown directive costs composition more, the more there are of it.
    ['directives', `type T { a: Int ${many(1_001, () => '@unknown')} }`, '1,001 directives'],
    ['keys', `type T ${many(501, () => '@key(fields: "a")')} { a: ID! }`, '1,002 directives'],
    [
      'members of a union',
      `type T { a: Int } union U = ${many(1_001, () => '| T')}`,
      '1,001 members',
    ],
    [
      'interfaces of a type',
      `interface I { a: Int } type T implements ${many(1_001, () => '& I')} { a: Int }`,
      '1,001 members',
    ],
    [
      'arguments of a directive',
      `type T @key(${many(1_001, (index) => `a${index}: 1`)}) { a: ID! }`,
      '1,002 directives',
    ],
  ])('is refused without composing it: %s', async (_what, addition, measured) => {
    expect(await judge(`${contract} ${addition}`)).toEqual({
      reasons: [
        expect.objectContaining({
          rule: 'size',
          message: expect.stringContaining(`It has ${measured}`) as unknown,
        }),
      ],
    });
  });

  it('is composed up to then', async () => {
    const fields = many(900, (index) => `a${index}: Int @deprecated`);
    const union = `union U = ${many(1_000, () => '| T')}`;
    const schema = `${contract} type T { ${fields} } ${union}`;
    await expect(judge(schema)).rejects.toThrow('It is composed.');
  });
});
