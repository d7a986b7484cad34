import { describe, expect, it } from 'vitest';
import { composeSupergraph } from '../compose.js';
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

describe('a schema that does not compose', () => {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n`;
  const things = `${link}type Query { thing: Thing }\ntype Thing @key(fields: "id") { id: ID! }\n`;
  const others = `${link}type Query { other: Int }
type Thing @key(fields: "id") { id: ID! colour: String }
type Size { width: Int }`;
  const reasonsFor = async (added: string, agreed = things) => {
    const judged = await judgePublication(
      {
        subgraph: 'things',
        schema: `${things}${added}`,
        contract: agreed,
        isOnly: true,
        served: new Map([
          ['others', others],
          ['things', agreed],
        ]),
        consents: [],
      },
      (schemas) =>
        composeSupergraph(
          [...schemas].map(([name, sdl]) => ({ name, sdl, url: `http://${name}` })),
        ),
    );
    return (judged.reasons ?? []).map(({ rule, place, message }) => [rule, place, message]);
  };

  it.each([
    [
      'a field that another one has',
      'extend type Thing {\n  colour: String\n}',
      'Thing.colour (5:3)',
    ],
    ['a type of another kind', 'interface Size {\n  width: Int\n}', 'Size (4:1)'],
  ])('says where, with line and column: %s', async (_, added, place) => {
    expect(await reasonsFor(added)).toContainEqual(['composition', place, expect.any(String)]);
  });

  it('says where although it lacks a part of the contract', async () => {
    const agreed = things.replace('{ thing: Thing }', '{ thing: Thing more: Int }');
    const reasons = await reasonsFor('extend type Thing {\n  colour: String\n}', agreed);
    expect(reasons).toContainEqual([
      'composition',
      'Thing.colour (5:3)',
      expect.stringMatching(/^INVALID_FIELD_SHARING: /),
    ]);
  });
});

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
