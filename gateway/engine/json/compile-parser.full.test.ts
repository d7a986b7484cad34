import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSelection } from '../../fan-out/rules/test-model.js';
import { createResponseParser, parseJson } from './compile-parser.js';
import { attempt, createWarmParser } from './test-parser.js';

const selection = parseSelection(`{
  officer {
    id
    names
    age
    ... on Officer { rank home { code } }
    home { name }
    posts { since hub__type: __typename }
  }
  now @skip(if: false)
}`);

const read = createWarmParser(selection);

const leaf = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\u0007', 'ж', 'å', '😀', '\u2028') }),
  fc.integer(),
  fc.double(),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constant(null),
);
const scalar = fc.oneof(
  leaf,
  fc.array(leaf),
  fc.array(fc.array(leaf)),
  fc.dictionary(fc.string(), leaf),
);
const home = fc.option(fc.record({ code: scalar, name: scalar }, { requiredKeys: ['name'] }));
const post = fc.record({ since: scalar, hub__type: scalar });
const response = fc.record(
  {
    data: fc.option(
      fc.record({
        officer: fc.option(
          fc.record(
            {
              id: scalar,
              names: scalar,
              age: scalar,
              rank: scalar,
              home,
              posts: fc.oneof(fc.array(fc.option(post)), fc.array(fc.array(post)), post),
            },
            { requiredKeys: ['id', 'names', 'age', 'posts'] },
          ),
        ),
        now: scalar,
      }),
    ),
    errors: fc.array(fc.dictionary(fc.string(), leaf)),
  },
  { requiredKeys: ['data'] },
);

describe('createResponseParser', () => {
  it('parses fields in the order of the selection as `JSON.parse` does', () => {
    fc.assert(
      fc.property(response, fc.constantFrom('', '\n', ' \r\n'), (value, end) => {
        const text = JSON.stringify(value) + end;
        expect(read(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('parses any other form as `JSON.parse` does', () => {
    fc.assert(
      fc.property(response, fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, Object.keys(value).toReversed(), indent);
        expect(read(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('accepts what `JSON.parse` accepts, and nothing else', () => {
    const damage = fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 3 }), fc.nat(3));
    fc.assert(
      fc.property(response, damage, (value, [place, inserted, removed]) => {
        const bytes = Buffer.from(JSON.stringify(value));
        const at = place % bytes.length;
        const damaged = Buffer.concat([
          bytes.subarray(0, at),
          inserted,
          bytes.subarray(at + removed),
        ]);
        expect(attempt(read, damaged)).toEqual(attempt(parseJson, damaged));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    '',
    '{',
    '{}',
    '{"data":{}}',
    '{"data":{"officer":null,"now":01}}',
    '{"data":{"officer":null,"now":1.}}',
    '{"data":{"officer":null,"now":-}}',
    '{"data":{"officer":null,"now":-0}}',
    '{"data":{"officer":null,"now":1e400}}',
    '{"data":{"officer":null,"now":123456789012345678901234567890}}',
    '{"data":{"officer":null,"now":nul}}',
    '{"data":{"officer":null,"now":"a\nb"}}',
    '{"data":{"officer":null,"now":"a',
    '{"data":{"officer":null,"now":[1,]}}',
    '{"data":{"officer":null,"now":1,"now":2}}',
    '{"data":{"officer":null,"now":1,"more":2}}',
    '{"data":{"officer":null,"now":1}}}',
    `{"data":{"officer":null,"now":${'['.repeat(200)}${']'.repeat(200)}}}`,
  ])('agrees with `JSON.parse` on %s', (text) => {
    const bytes = Buffer.from(text);
    expect(attempt(read, bytes)).toEqual(attempt(parseJson, bytes));
  });

  it('rejects what is not UTF-8', () => {
    const bytes = Buffer.from('{"data":{"officer":null,"now":"å"}}', 'latin1');
    expect(attempt(read, bytes)).toBe('no JSON');
  });

  it('parses fields with names that every object inherits', () => {
    const own = createWarmParser(parseSelection('{ constructor toString { valueOf } }'));
    const text = '{"data":{"constructor":1,"toString":{"valueOf":"x"}}}';
    expect(own(Buffer.from(text))).toEqual(JSON.parse(text));
  });

  it('compiles no parser for objects with so many fields that it would be slower', () => {
    const codeFor = (fields: number) => {
      const meter = { characters: 0 };
      const names = Array.from({ length: fields }, (_, index) => `field${index}`);
      const rows = names.map((name) => `... on Officer { ${name} }`).join(' ');
      const own = createResponseParser(parseSelection(`{ officers { id ${rows} } }`), meter);
      const text = '{"data":{"officers":[{"id":1,"field7":2},{"id":3}]}}';
      for (let use = 0; use < 20; use += 1) {
        expect(own(Buffer.from(text))).toEqual(JSON.parse(text));
      }
      return meter.characters;
    };
    expect(codeFor(40)).toBeGreaterThan(0);
    expect(codeFor(1_000)).toBe(0);
  });
});

describe('parseJson', () => {
  const nested = (depth: number, opening: string, closing: string) =>
    `${opening.repeat(depth)}1${closing.repeat(depth)}`;

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
    ['both', '[{"[":', '}]'],
  ])('refuses %s that are nested more deeply than any response', (_what, opening, closing) => {
    for (const depth of [1_001, 1_000_000])
      expect(() => parseJson(Buffer.from(nested(depth, opening, closing)))).toThrow('depth');
  });

  const repeat = (count: number, write: (index: number) => string) =>
    Buffer.from(`[${Array.from({ length: count }, (_, index) => write(index)).join(',')}]`);
  const name = (index: number) => index.toString(36);

  it.each([
    ['lists', repeat(600_000, () => '[]')],
    ['objects', repeat(600_000, () => '{}')],
    ['short texts', repeat(1_000_001, (index) => `"${name(index)}"`)],
  ])('refuses more than a million values: %s', (_what, json) => {
    expect(() => parseJson(json)).toThrow('values');
  });

  // A few more than the limit, because two names may have the same hash.
  it.each([
    ['a name in each object', repeat(10_020, (index) => `{"${name(index)}":0}`)],
    [
      'names that are escaped',
      repeat(10_020, (index) => `{"\\u${`000${index}`.slice(-4)}${name(index)}":0}`),
    ],
    ['a space after each name', repeat(10_020, (index) => `{"${name(index)}" : 0}`)],
    [
      'one object',
      Buffer.from(
        JSON.stringify(
          Object.fromEntries(Array.from({ length: 10_020 }, (_, index) => [name(index), 0])),
        ),
      ),
    ],
    [
      'the same names in other orders',
      repeat(2_000, (index) => {
        const names = [...'abcdefghijklmnopqrst'];
        const moved = [...names.slice(index % 20), ...names.slice(0, index % 20)];
        return `{${[...moved.slice(0, 10), ...name(index), ...moved.slice(10)].map((key) => `"${key}":0`).join(',')}}`;
      }),
    ],
  ])('refuses more than 10,000 shapes of objects: %s', (_what, json) => {
    expect(() => parseJson(json)).toThrow('shapes');
  });

  it('parses 10 MB of rows', () => {
    const json = repeat(38_000, (index) =>
      JSON.stringify({
        __typename: 'Officer',
        id: `es:${index}`,
        name: `Officer "${index}" of Århus`,
        country: 'ES',
        languages: ['es', 'en'],
        unit: { id: `es:u${index % 50}`, name: `Unit ${index % 50} of a rather long name` },
        version: index % 9,
        createdAt: '2026-01-10T10:00:00Z',
        reason: null,
        email: `officer-${index}@police.example`,
      }),
    );
    expect(json.length).toBeGreaterThan(9_500_000);
    expect(parseJson(json)).toHaveLength(38_000);
  });

  it.each([
    ['400 lists', nested(400, '[', ']')],
    ['brackets in a text', JSON.stringify({ a: '['.repeat(5_000), b: `\\"${'{"'.repeat(5_000)}` })],
    ['many objects side by side', JSON.stringify(Array.from({ length: 5_000 }, () => ({ a: [] })))],
  ])('parses %s', (_what, text) => {
    expect(parseJson(Buffer.from(text))).toEqual(JSON.parse(text));
  });
});
