import { buildSchema, getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { HubError } from '../../errors/hub-error.js';
import { cpuMsOf } from '../../testing/cpu-time.js';
import { createOperationLimiter } from './limit-operations.js';
import { defaultLimits, foreignLimits, partnerLimits, type OperationLimits } from './limits.js';

const schema = buildSchema('type Query { a: Int }');

/** The refusal of the document before validation. Undefined if there is none. */
function refusalOf(
  query: string,
  limits: OperationLimits = defaultLimits,
  variables?: Record<string, unknown>,
): unknown {
  const limiter = createOperationLimiter(limits, { hasLongestTexts: false });
  try {
    limiter.check({ query, variables });
    limiter.hooks.didParse({ schema, document: parse(query) });
    return undefined;
  } catch (error) {
    // The parser rejects what does not parse.
    if (!(error instanceof HubError)) return undefined;
    const { code, extensions } = error as { code: string; extensions: Record<string, unknown> };
    return `${code} ${String(extensions.limit)} ${String(extensions.most)}`;
  }
}

const times = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ');

const nest = (depth: number): string => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`;

/**
 * Each fragment spreads the next one twice, so that the first one has 2^count fields when inlined.
 */
const bombOf = (count: number, write: (next: string) => string): string =>
  `{ a { ...f0 } } ${times(count, (index) => {
    const next = index + 1 < count ? `...f${index + 1}` : 'b';
    return `fragment f${index} on A { ${write(next)} }`;
  })}`;

describe('QUERY_TOO_COMPLEX', () => {
  it.each([
    { limit: 'tokens', query: `{ ${'a '.repeat(9_999)} }`, most: 10_000 },
    { limit: 'nesting', query: `{ a(b: ${'['.repeat(5_000)}`, most: 200 },
    { limit: 'nesting', query: `{ a(b: ${'{c: '.repeat(200)}`, most: 200 },
    { limit: 'nesting', query: `query ($a: ${'['.repeat(300)}Int`, most: 200 },
    { limit: 'depth', query: nest(31), most: 30 },
    {
      limit: 'depth',
      query: `${nest(20).replace('}', '...f }')} fragment f on A ${nest(12)}`,
      most: 30,
    },
    { limit: 'aliases', query: `{ ${times(3_000, (i) => `a${i}: __typename`)} }`, most: 50 },
    { limit: 'aliases', query: `{ a { ${times(51, (i) => `a${i}: b`)} } }`, most: 50 },
    {
      limit: 'aliases',
      query: `{ a { ${'...f '.repeat(6)} } } fragment f on A { ${times(9, (i) => `a${i}: b`)} }`,
      most: 50,
    },
    { limit: 'rootFields', query: `{ ${'a '.repeat(31)} }`, most: 30 },
    {
      limit: 'rootFields',
      query: `{ ...f ... { ...f } } fragment f on Query { ${'a '.repeat(16)} }`,
      most: 30,
    },
    { limit: 'directives', query: `{ a ${'@b '.repeat(51)} }`, most: 50 },
    { limit: 'directives', query: `query ${'@b '.repeat(51)} { a }`, most: 50 },
    { limit: 'directives', query: `query ($a: Int ${'@b '.repeat(51)}) { a }`, most: 50 },
    {
      limit: 'directives',
      query: `{ a { ...f @b } } fragment f on A { ${'... @b { a } '.repeat(50)} }`,
      most: 50,
    },
    { limit: 'characters', query: `{ a } #${'x'.repeat(100_000)}`, most: 100_000 },
    {
      limit: 'characters',
      query: `{ ${times(20, () => 'a { ...f }')} } fragment f on A { b(c: "${'x'.repeat(6_000)}") }`,
      most: 100_000,
    },
    {
      limit: 'fragments',
      query: `{ a } ${times(101, (i) => `fragment f${i} on A { b }`)}`,
      most: 100,
    },
    { limit: 'fragments', query: times(101, (i) => `query q${i} { a }`), most: 100 },
    { limit: 'repetitions', query: `{ a { ${'b { c } '.repeat(150)} } }`, most: 10_000 },
    {
      limit: 'repetitions',
      query: `{ a { ${times(12, (i) => `...f${i}`)} } } ${times(12, (i) => `fragment f${i} on A { ${'b '.repeat(15)} }`)}`,
      most: 10_000,
    },
    { limit: 'fields', query: `{ a { ${'b '.repeat(1_000)} } }`, most: 1_000 },
  ])('names $limit for $query', ({ limit, query, most }) => {
    expect(refusalOf(query)).toBe(`QUERY_TOO_COMPLEX ${limit} ${most}`);
  });

  it('is not raised for fragments in a cycle, however they branch', () => {
    const query = '{ a { ...f } } fragment f on A { a { ...f } b { ...f } c { ...f } }';
    expect(refusalOf(query)).toBeUndefined();
  });

  it('is raised for a fragment that is never spread', () => {
    const query = `{ a } fragment f on A { ${times(51, (i) => `a${i}: b`)} }`;
    expect(refusalOf(query)).toBe('QUERY_TOO_COMPLEX aliases 50');
  });

  it('is raised for exponential fragments, in linear time', async () => {
    const ms = await cpuMsOf(() => {
      expect(refusalOf(bombOf(20, (next) => `${next} ... { ${next} }`))).toContain(' fields ');
      expect(refusalOf(bombOf(25, (next) => `a { ${next} } c { ${next} }`))).toContain(' fields ');
      expect(refusalOf(bombOf(1_000, (next) => next))).toContain(' fragments ');
      const long = bombOf(5_000, (next) => next);
      expect(refusalOf(long, partnerLimits)).toContain(' fragments ');
    });
    expect(ms).toBeLessThan(2_000);
  });

  it('is raised for nesting, even if every other limit is off', () => {
    const limits = {
      ...foreignLimits,
      characters: Infinity,
      tokens: Infinity,
      depth: Infinity,
      fields: Infinity,
      fragments: Infinity,
    };
    for (const query of [
      nest(300_000),
      `{ a(b: ${'['.repeat(900_000)}`,
      bombOf(20_000, (next) => next),
    ]) {
      expect(refusalOf(query, limits)).toBe('QUERY_TOO_COMPLEX nesting 200');
    }
  });

  it('is raised for variables that are nested too deeply, or too many', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    expect(refusalOf('{ a }', defaultLimits, { deep })).toBe('QUERY_TOO_COMPLEX nesting 200');
    const many = { filter: { ids: Array(10_000).fill(1) } };
    expect(refusalOf('{ a }', defaultLimits, many)).toBe('QUERY_TOO_COMPLEX values 10000');
  });

  it.each([
    {
      what: 'introspection',
      query: getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }),
    },
    { what: 'depth at its limit', query: nest(30) },
    { what: 'aliases at their limit', query: `{ a { ${times(50, (i) => `a${i}: b`)} } }` },
    {
      what: 'a fragment in a cycle, which validation rejects',
      query: '{ ...f } fragment f on Query { a ...g } fragment g on Query { ...f }',
    },
    { what: 'an unknown fragment, which validation rejects', query: '{ ...f }' },
    { what: 'a syntax error, which the parser rejects', query: '{ a ] }' },
    { what: 'an invalid token', query: '{ a \\ }' },
    {
      what: 'each of several operations at its limit',
      query: times(3, (i) => `query q${i} { ${'a '.repeat(30)} }`),
    },
  ])('is not raised for $what', ({ query }) => {
    expect(refusalOf(query)).toBeUndefined();
  });

  it('is raised every time for the same document', () => {
    const limiter = createOperationLimiter(defaultLimits);
    const [long, short] = [10_000, 9_998].map((count) => `{ ${'a '.repeat(count)} }`);
    for (const query of [long, long]) expect(() => limiter.check({ query })).toThrow();
    for (const query of [short, short]) limiter.check({ query });
  });
});

describe('checkDocument', () => {
  it('takes linear time for a document of a megabyte', async () => {
    const ms = await cpuMsOf(() => {
      refusalOf(`{ a } # ${'x'.repeat(990_000)}`);
      refusalOf(`{ a(b: """${'x\n'.repeat(490_000)}""") }`);
      refusalOf('{ '.repeat(490_000));
    });
    expect(ms).toBeLessThan(4_000);
  });

  it('accepts only documents that the parser can parse', () => {
    expect(() => parse(nest(30))).not.toThrow();
  });
});

describe('BAD_REQUEST', () => {
  const long = 'a'.repeat(256);

  it.each([
    ['the name of an operation', `query ${long} { a }`],
    ['a field', `{ ${long.repeat(4)} }`],
    ['an alias', `{ ${long.repeat(4)}: a }`],
    ['a variable', `query ($${long.repeat(4)}: Int) { a }`],
  ])('is raised for %s that is too long', (_what, query) => {
    expect(refusalOf(query)).toContain('BAD_REQUEST');
  });

  it('is not raised for names of the longest length', () => {
    expect(refusalOf(`query ${long.slice(1)} { ${'b'.repeat(1_000)} }`)).toBeUndefined();
  });
});
