import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSelection } from '../../fan-out/rules/test-model.js';
import { createUnslice } from '../documents/slices.js';
import { parseJson, SlicedResponse, type Slicing } from './compile-parser.js';
import { attempt, createWarmParser } from './test-parser.js';

const selection = parseSelection(`{
  officer { id names age ... on Officer { rank } home { name } posts { since hub__type: __typename } } now
}`);

const leaf = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
const text = fc.option(
  fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('a', 'Å', 'ж', '𝄞', ' ') })),
);
const slicedResponse = fc.record({
  data: fc.record({
    officer: fc.record({
      id: leaf,
      names: text,
      age: fc.option(fc.oneof(fc.integer(), fc.double())),
      rank: text,
      home: fc.constant(null),
      posts: fc.array(fc.record({ since: text, hub__type: leaf })),
    }),
    now: leaf,
  }),
});

describe('SlicedResponse', () => {
  const sliced: Slicing = {
    slices: new Map([
      ['officer', { type: 'Officer', slices: [['names', 'age'], ['rank']] }],
      ['officer.posts', { type: 'Post', slices: [['since']] }],
    ]),
    checkOf: (_type, name) =>
      name === 'age'
        ? { kind: 'integer', isNullable: true }
        : { kind: 'text', mostBytes: 1_000, isNullable: true },
  };

  it('parses slices as `JSON.parse` does, once their fields are in place', () => {
    const readSlices = createWarmParser(selection, undefined, sliced);
    const unslice = createUnslice(sliced.slices);
    let count = 0;
    const attemptSliced = (bytes: Buffer): unknown => {
      const json = readSlices(bytes);
      if (!(json instanceof SlicedResponse)) return json;
      expect(json.toPlain()).toEqual(parseJson(bytes));
      if (JSON.stringify(json.data).includes('" names"')) count += 1;
      unslice(json.data, '');
      return { data: json.data };
    };
    const damage = fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 2 }), fc.nat(2));
    fc.assert(
      fc.property(slicedResponse, fc.option(damage), (value, damaged) => {
        const whole = Buffer.from(JSON.stringify(value));
        const [place, inserted, removed] = damaged ?? [0, new Uint8Array(), 0];
        const at = place % whole.length;
        const bytes = Buffer.concat([
          whole.subarray(0, at),
          inserted,
          whole.subarray(at + removed),
        ]);
        expect(attempt(attemptSliced, bytes)).toEqual(attempt(parseJson, bytes));
      }),
      { numRuns: 2_000 },
    );
    expect(count).toBeGreaterThan(10);
  });

  it('gives back a response with more values than other JSON may have', () => {
    const data = { now: Array.from({ length: 1_000_001 }, () => 0) };
    const bytes = Buffer.from(JSON.stringify({ data }));
    expect(new SlicedResponse(data, bytes).toPlain()).toEqual({ data });
  });

  it('slices no object whose parser would be too long, and still compiles it', () => {
    const names = Array.from({ length: 95 }, (_, index) => `field${index}`);
    const meter = { characters: 0 };
    const long = createWarmParser(parseSelection(`{ officer { ${names.join(' ')} } }`), meter, {
      slices: new Map([['officer', { type: 'Officer', slices: [names] }]]),
      checkOf: () => ({ kind: 'text', mostBytes: 9, isNullable: true }),
    });
    const data = { officer: Object.fromEntries(names.map((name) => [name, 'x'])) };
    const json = long(Buffer.from(JSON.stringify({ data })));
    expect(json).toBeInstanceOf(SlicedResponse);
    expect(json).toMatchObject({ data });
    expect(meter.characters).toBeGreaterThan(0);
  });
});
