import { describe, expect, it } from 'vitest';
import type { Network } from '../../registry/network.js';
import { refuseUnlawful } from './refuse-unlawful.js';

const link = (...imports: string[]) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ${JSON.stringify(['@key', ...imports])})\n`;
/** The owner of groups, and a partner that adds to them. */
const owner = (fields: string, more = '') =>
  `${link('@shareable', '@inaccessible', '@external', '@requires')}type Query { groups: [Group!] } type Group @key(fields: "id") { id: ID! ${fields} } ${more}`;
const other = (fields: string, more = '') =>
  `${link('@shareable', '@override', '@inaccessible')}type Query { others: Int } type Group @key(fields: "id") { id: ID! ${fields} } ${more}`;
/** It is not asked. */
const third = (more = '') => `${link('@shareable')}type Query { thirds: Int } ${more}`;

const network = {
  partners: ['owner', 'other', 'third'].map((name) => ({
    code: name,
    subgraph: name,
    url: `http://${name}.example.org/`,
  })),
} as unknown as Network;

type Texts = readonly [owner: string, other: string, third?: string];

/** Adopts next versions, and returns the rule that refuses them. */
function judge(before: Texts, after: Texts): string {
  const toMap = ([one, two, three = third()]: Texts) =>
    new Map([
      ['owner', one],
      ['other', two],
      ['third', three],
    ]);
  const served = { before: toMap(before), after: toMap(after) };
  const names = [...served.after].flatMap(([name, sdl]) =>
    served.before.get(name) === sdl ? [] : [name],
  );
  try {
    refuseUnlawful({ network }, names, served, new Map());
    return 'lawful';
  } catch (error) {
    return (
      /\[([\w-]+)\]|^CONTRACT_NOT_COMPOSED/.exec((error as Error).message)?.[1] ?? 'not composed'
    );
  }
}

describe('contracts that are adopted together', () => {
  const now: Texts = [owner('name: String size: Int'), other('count: Int')];
  const both = 'enum Kind { A B }';
  const shared = 'type Page @shareable { next: String last: String }';
  const page = (next: string) => `type Page @shareable { ${next} last: String }`;
  const requires = (fields: string) =>
    `a: Int @external b: Int @external all: Int @requires(fields: "a b") some: Int @requires(fields: "${fields}")`;

  it.each<[what: string, before: Texts, after: Texts, expected: string]>([
    [
      'a field is handed over',
      now,
      [owner('size: Int'), other('count: Int name: String')],
      'lawful',
    ],
    [
      'a field is taken while its owner changes another',
      now,
      [
        owner('name: String size: Float'),
        other('count: Int name: String @override(from: "owner")'),
      ],
      'override',
    ],
    [
      'a field is taken while its owner changes it, and keeps it',
      now,
      [owner('name: String @shareable size: Int'), other('count: Int name: String @shareable')],
      'shared-field',
    ],
    [
      'each changes its own',
      now,
      [owner('name: String! size: Float'), other('count: Float more: Int')],
      'lawful',
    ],
    [
      'one hides what the other goes on having',
      [owner('name: String', shared), other('count: Int', shared)],
      [
        owner('name: String size: Int', shared),
        other('count: Int', 'type Page @shareable { next: String @inaccessible last: String }'),
      ],
      'inaccessible',
    ],
    [
      'a shared type changes in both',
      [owner('name: String', shared), other('count: Int', shared)],
      [
        owner('name: String', shared.replace('next: String', 'next: String!')),
        other('count: Int', shared.replace('next: String', 'next: String!')),
      ],
      'lawful',
    ],
    ...['"Reworded." next: String!', 'next: String! @deprecated', 'next(first: Int): String!'].map(
      (next): [string, Texts, Texts, string] => [
        `one becomes \`${next}\`, and the other makes it weaker`,
        [owner('name: String', page('next: String!')), other('count: Int', page('next: String!'))],
        [owner('name: String', page(next)), other('count: Int', page('next: String'))],
        'changed-part',
      ],
    ),
    [
      'an argument of both changes in both, in another order',
      [
        owner('name: String', page('next(a: Int, b: Int): Int')),
        other('count: Int', page('next(a: Int, b: Int): Int')),
      ],
      [
        owner('name: String', page('next("How many." a: Int = 1, b: Int): Int')),
        other('count: Int', page('next(b: Int, a: Int = 1): Int')),
      ],
      'lawful',
    ],
    [
      'one loses an argument, and the other changes another',
      [
        owner('name: String', page('next(a: Int, b: Int): Int')),
        other('count: Int', page('next(a: Int, b: Int): Int')),
      ],
      [
        owner('name: String', page('next(a: Int = 1, b: Int): Int')),
        other('count: Int', page('next(a: Int = 1): Int')),
      ],
      'changed-part',
    ],
    [
      'one requires less of the other for its own field',
      [owner(requires('a b')), other('a: Int b: Int')],
      [owner(requires('a')), other('a: Int b: Int c: Int')],
      'lawful',
    ],
    [
      'a shared type loses a field in both, and a third contract has it too',
      [owner('name: String', shared), other('count: Int', shared), third(shared)],
      [
        owner('name: String', shared.replace('next: String ', '')),
        other('count: Int', shared.replace('next: String ', '')),
        third(shared),
      ],
      'changed-part',
    ],
    [
      'an enum loses a value in both, and a third contract has it too',
      [
        owner('name: String e: E', 'enum E { X Y } input I { e: E }'),
        other('f(i: I): Int', 'enum E { X Y } input I { e: E }'),
        third('input I { e: E } enum E { X Y }'),
      ],
      [
        owner('name: String', 'enum E { X } input I { e: E }'),
        other('f(i: I): Int', 'enum E { X } input I { e: E }'),
        third('input I { e: E } enum E { X Y }'),
      ],
      'changed-part',
    ],
    [
      'an enum of both gets a value in both',
      [owner('name(k: Kind): Kind', both), other('count(k: Kind): Kind', both)],
      [
        owner('name(k: Kind): Kind', 'enum Kind { A B C }'),
        other('count(k: Kind): Kind', 'enum Kind { A B C }'),
      ],
      'lawful',
    ],
    [
      'an enum of both gets a value in one',
      [owner('name(k: Kind): Kind', both), other('count(k: Kind): Kind', both)],
      [
        owner('name(k: Kind): Kind', 'enum Kind { A B C }'),
        other('count(k: Kind): Kind x: Int', both),
      ],
      'not composed',
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(judge(before, after)).toBe(expected);
  });
});
