import { buildSchema, parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { checkLiterals, checkVariableTexts } from './check-text-lengths.js';

const schema = buildSchema(`
  scalar CountryCode
  scalar LanguageTag
  scalar _Any
  enum Sector { POLICE }
  input Filter { search: String country: ID language: [LanguageTag!] inner: Filter }
  type Query {
    sites(country: CountryCode, in: [CountryCode!]): [Unit!]
    units(filter: Filter, after: String, sector: Sector, first: Int): [Unit!]
    _entities(representations: [_Any!]!): [Unit]
  }
  type Unit { id: ID! officers(name: String, text: String): [Unit!] }
`);

/** What is refused for its length: the argument, and how long it may be. */
function refusalOf(query: string, variables: Record<string, unknown> = {}): string | undefined {
  const document = parse(query);
  try {
    checkLiterals(schema, document);
    const [operation] = document.definitions as OperationDefinitionNode[];
    if (operation) checkVariableTexts(schema, document, operation, variables);
    return undefined;
  } catch (error) {
    const { extensions, message } = error as {
      extensions: Record<string, unknown>;
      message: string;
    };
    expect(extensions.code).toBe('BAD_USER_INPUT');
    const [, most] = /at most ([\d,]+) (?:characters|items)/.exec(message) ?? [];
    return most && `${String(extensions.argument)} ${most}`;
  }
}

const text = (length: number) => JSON.stringify('x'.repeat(length));

describe('BAD_USER_INPUT', () => {
  it.each([
    ['filter.search', 200, (value: string) => `{ units(filter: { search: ${value} }) { id } }`],
    ['filter.country', 200, (value: string) => `{ units(filter: { country: ${value} }) { id } }`],
    [
      'filter.language.1',
      35,
      (value: string) => `{ units(filter: { language: ["da", ${value}] }) { id } }`,
    ],
    [
      'filter.inner.inner.search',
      200,
      (value: string) => `{ units(filter: { inner: { inner: { search: ${value} } } }) { id } }`,
    ],
    ['after', 2_000, (value: string) => `{ units(after: ${value}) { id } }`],
    ['sector', 100, (value: string) => `{ units(sector: ${value}) { id } }`],
    ['first', 100, (value: string) => `{ units(first: ${value}) { id } }`],
    ['name', 300, (value: string) => `{ units { officers(name: ${value}) { id } } }`],
    [
      'text',
      20_000,
      (value: string) =>
        `{ units { ...f } } fragment f on Unit { officers(text: ${value}) { id } }`,
    ],
    [
      'representations.0',
      20_000,
      (value: string) => `{ _entities(representations: [{ id: [${value}] }]) { id } }`,
    ],
  ])(
    'is raised for a literal of %s over %i characters, and for no other',
    (argument, most, write) => {
      const named = `${argument} ${most.toLocaleString('en')}`;
      expect(refusalOf(write(text(most + 1)))).toBe(named);
      expect(refusalOf(write(text(most)))).toBeUndefined();
    },
  );

  it.each([
    ['filter.search', 200, 'query ($a: String) { units(filter: { search: $a }) { id } }'],
    [
      'filter.language',
      35,
      'query ($a: [LanguageTag!]) { units(filter: { language: $a }) { id } }',
    ],
    ['text', 20_000, 'query ($a: String) { units { officers(text: $a) { id } } }'],
    [
      'name',
      300,
      'query ($a: String) { units { ...f } } fragment f on Unit { officers(text: $a, name: $a) { id } }',
    ],
  ])(
    'is raised for a variable for %s over %i characters, and for no other',
    (argument, most, query) => {
      expect(refusalOf(query, { a: 'x'.repeat(most + 1) })).toBe(
        `${argument} ${most.toLocaleString('en')}`,
      );
      expect(refusalOf(query, { a: 'x'.repeat(most) })).toBeUndefined();
    },
  );

  it('is raised for a text anywhere in a variable', () => {
    const filter = 'query ($f: Filter) { units(filter: $f) { id } }';
    const f = { inner: { language: ['da', 'x'.repeat(36)] } };
    expect(refusalOf(filter, { f })).toBe('filter.inner.language.1 35');
    const any = 'query ($r: [_Any!]!) { _entities(representations: $r) { id } }';
    const r = [{ __typename: 'Unit', a: { b: ['x'.repeat(20_001)] } }];
    expect(refusalOf(any, { r })).toBe('representations.0 20,000');
  });

  it('is raised for the default value of a variable', () => {
    const query = `query ($a: String = ${text(201)}) { units(filter: { search: $a }) { id } }`;
    expect(refusalOf(query)).toBe('filter.search 200');
  });

  it('is raised for a number with many digits', () => {
    const query = `{ units(filter: { country: ${'1'.repeat(201)} }) { id } }`;
    expect(refusalOf(query)).toBe('filter.country 200');
  });

  it('is not raised for the use of a variable in another operation of the document', () => {
    const query = `query a($a: String) { units { officers(text: $a) { id } } }
      query b($a: String) { units(filter: { search: $a }) { id } }`;
    expect(refusalOf(query, { a: 'x'.repeat(300) })).toBeUndefined();
  });

  it('is not raised for unknown fields, which validation rejects', () => {
    expect(
      refusalOf(`{ nothing(a: ${text(30_000)}) { a } units(b: ${text(30_000)}) { id } }`),
    ).toBeUndefined();
  });
});

describe('a list of over 200 items', () => {
  const items = (count: number) => Array<string>(count).fill('da');
  const literal = (count: number) =>
    `{ units(filter: { inner: { language: ${JSON.stringify(items(count))} } }) { id } }`;

  it('is rejected as a literal, and no shorter one', () => {
    expect(refusalOf(literal(201))).toBe('filter.inner.language 200');
    expect(refusalOf(literal(200))).toBeUndefined();
  });

  it('is rejected in a variable for any use, before its items are checked', () => {
    const query = 'query ($f: Filter) { units(filter: $f) { id } }';
    expect(refusalOf(query, { f: { language: items(200) } })).toBeUndefined();
    expect(refusalOf(query, { f: { language: ['x'.repeat(300), ...items(200)] } })).toBe(
      'filter.language 200',
    );
    // A list where none is allowed.
    expect(refusalOf(query, { f: { search: items(201) } })).toBe('filter.search 200');
  });

  it('is rejected as the default value of a variable', () => {
    const query = `query ($a: [LanguageTag!] = ${JSON.stringify(items(201))}) { units(filter: { language: $a }) { id } }`;
    expect(refusalOf(query)).toBe('filter.language 200');
  });

  it('is allowed for representations, which have their own limit', () => {
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { id } }';
    const r = items(1_000).map(() => ({ __typename: 'Unit' }));
    expect(refusalOf(query, { r })).toBeUndefined();
  });
});

describe('checkVariableTexts', () => {
  it('checks a long list once, however often it is used', () => {
    const uses = Array.from(
      { length: 1_000 },
      (_, index) => `u${index}: units(filter: { language: $a }) { id }`,
    );
    const document = parse(`query ($a: [LanguageTag!]) { ${uses.join(' ')} }`);
    const [operation] = document.definitions as OperationDefinitionNode[];
    let looks = 0;
    const list = new Proxy(Array<string>(10).fill('da'), {
      get(target, name, receiver): unknown {
        if (name === '0') looks += 1;
        return Reflect.get(target, name, receiver);
      },
    });
    if (operation) checkVariableTexts(schema, document, operation, { a: list });
    expect(looks).toBe(1);
  });
});

/** Of each scalar a text of its form, and values that are not, however often they pass JSON or the parser. */
const forms: Readonly<Record<string, { readonly good: string; readonly bad: readonly unknown[] }>> =
  {
    CountryCode: { good: 'DK', bad: ['D\u0000', 'dk', 'D', '\u0000\u0000', 'ÄÖ', ''] },
    Date: { good: '2008-02-29', bad: ['2009-02-29', '2009-9-13', '2009', '', 20_090_913] },
    DateTime: {
      good: '2009-09-13T10:00:00Z',
      bad: ['2009-09-13', '2009-09-13T10:00:00', '2009-02-29T10:00:00Z', '2009-09-13T24:00:00Z'],
    },
    PartialDate: { good: '2009-09', bad: ['2009-13', '09-2009', '2009-02-29', 2009] },
    URL: { good: 'https://example.org/a', bad: ['ftp://example.org', 'example.org', 'http://'] },
    EmailAddress: { good: 'a@example.org', bad: ['a@b', 'a b@example.org', 'a', 'Name <a@b.cd>'] },
    LanguageTag: { good: 'da', bad: ['DA', 'da_DK', '', 'x'] },
  };
const cases = Object.entries(forms).flatMap(([scalar, { bad }]) =>
  [...bad, true, {}, { a: '' }, [[]]].map((value) => [scalar, value] as const),
);
const formed = buildSchema(`
  ${Object.keys(forms)
    .map((scalar) => `scalar ${scalar}`)
    .join(' ')}
  input In { ${Object.keys(forms)
    .map((name) => `${name}: ${name} all${name}: [${name}!]`)
    .join(' ')} inner: In ins: [In] }
  type Query { ${Object.keys(forms)
    .map((name) => `one${name}(v: ${name}, in: In): Int all${name}(v: [${name}!]): Int`)
    .join(' ')} }
`);

function argumentOf(query: string, variables: Record<string, unknown> = {}): unknown {
  const document = parse(query);
  const [operation] = document.definitions as [OperationDefinitionNode];
  try {
    checkLiterals(formed, document);
    checkVariableTexts(formed, document, operation, variables);
    return undefined;
  } catch (error) {
    const { extensions } = error as { extensions: Record<string, unknown> };
    expect(extensions.code).toBe('BAD_USER_INPUT');
    return extensions.argument;
  }
}

/** A value as the document writes it. */
function print(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${print(inner)}`)
    .join(' ')} }`;
}

describe('a value that is not of its scalar’s form', () => {
  it.each(cases)('of %s is BAD_USER_INPUT with its argument: %j', (scalar, value) => {
    const one = `query ($v: ${scalar}) { one${scalar}(v: $v) }`;
    expect(argumentOf(one, { v: value })).toBe('v');
    expect(argumentOf(`query ($v: [${scalar}!]) { all${scalar}(v: $v) }`, { v: [value] })).toBe(
      'v.0',
    );
    const second = `query ($v: ${scalar}!) { all${scalar}(v: [null, $v]) }`;
    expect(argumentOf(second, { v: value })).toBe('v.1');
    const deep = `query ($in: In) { one${scalar}(in: $in) }`;
    expect(argumentOf(deep, { in: { inner: { [scalar]: value } } })).toBe(`in.inner.${scalar}`);
    expect(argumentOf(deep, { in: { ins: [{ [`all${scalar}`]: [value] }] } })).toBe(
      `in.ins.0.all${scalar}.0`,
    );
    const text = print(value);
    expect(argumentOf(`{ one${scalar}(v: ${text}) }`)).toBe('v');
    expect(argumentOf(`{ all${scalar}(v: [${text}]) }`)).toBe('v.0');
    expect(argumentOf(`{ one${scalar}(in: { inner: { ${scalar}: ${text} } }) }`)).toBe(
      `in.inner.${scalar}`,
    );
    expect(argumentOf(`query ($v: ${scalar} = ${text}) { one${scalar}(v: $v) }`)).toBe('v');
  });

  it.each(Object.entries(forms))('is not raised for a valid one: %s', (scalar, { good }) => {
    const one = `query ($v: ${scalar}) { one${scalar}(v: $v) }`;
    const all = `query ($v: [${scalar}!]) { all${scalar}(v: $v) }`;
    for (const v of [good, null]) expect(argumentOf(one, { v })).toBeUndefined();
    // A single item stands for a list of one.
    for (const v of [good, null, [], [good]]) expect(argumentOf(all, { v })).toBeUndefined();
    expect(argumentOf(`{ one${scalar}(v: ${print(good)}, in: null) }`)).toBeUndefined();
    expect(argumentOf(`{ all${scalar}(v: [${print(good)}]) }`)).toBeUndefined();
    expect(argumentOf(`{ one${scalar}(in: { ${scalar}: ${print(good)} }) }`)).toBeUndefined();
  });

  it('is not a list in what is a list, nor an enum value or a name in an object', () => {
    expect(argumentOf('{ oneDate(v: ["2009-09-13"]) }')).toBe('v');
    expect(argumentOf('query ($v: Date) { oneDate(v: $v) }', { v: ['2009-09-13'] })).toBe('v');
    expect(argumentOf('{ oneCountryCode(v: DK) }')).toBe('v');
  });
});
