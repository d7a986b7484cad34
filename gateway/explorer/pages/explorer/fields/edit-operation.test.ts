import {
  buildSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  validate,
  type GraphQLNamedType,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addField, removeField } from './edit-operation.ts';
import {
  pathId,
  readTicked,
  stepInto,
  typeAfter,
  type FieldPath,
  type Written,
} from './read-operation.ts';

const schema = buildSchema(`
  type Query {
    partners: [Partner!]!
    office(id: ID!): Party
    offices(first: Int): Offices
    unit(id: ID!): Unit
  }
  type Mutation { endVisit(input: EndVisitInput!): Unit }
  input EndVisitInput { visit: ID! days: [Int!]! note: String }
  type Offices { totalCount: Int nodes: [Office!]! }
  interface Party { id: ID! name: String }
  type Office implements Party { id: ID! name: String city: String unit: Unit }
  type Unit implements Party { id: ID! name: String members(of: ID!): [Partner!] }
  type Partner { code: ID! name: String }
`);

const blank: Written = { query: '', variables: '' };
const add = (written: Written, path: FieldPath, kind?: 'query' | 'mutation') =>
  addField(schema, written, path, kind && { kind });
const lines = (...texts: string[]) => `${texts.join('\n')}\n`;
const isValid = ({ query }: Written) => validate(schema, parse(query)).length === 0;

describe('a field that is ticked', () => {
  it('begins an operation, with its required arguments as variables and a first value', () => {
    const made = add(blank, ['office']);
    expect(made.query).toBe(
      lines('query Office($id: ID!) {', '  office(id: $id) {', '    id', '  }', '}'),
    );
    expect(JSON.parse(made.variables)).toEqual({ id: '' });
    const mutation = add(blank, ['endVisit'], 'mutation');
    expect(mutation.query).toContain('mutation EndVisit($input: EndVisitInput!)');
    expect(JSON.parse(mutation.variables)).toEqual({ input: { visit: '', days: [] } });
    expect(add(blank, ['offices']).query).toContain('nodes {\n      id\n');
    for (const one of [made, mutation]) expect(isValid(one)).toBe(true);
  });

  it('leaves all else as it was written, with comments, aliases and spaces', () => {
    const query = lines(
      '# who',
      'query Mine {',
      '  all: partners   { code } # all',
      '  # last',
      '}',
      'fragment F on Office { id }',
    );
    const made = add({ query, variables: '{ "x": 1 }' }, ['partners', 'name']);
    expect(made.query).toBe(query.replace('{ code }', '{ code name }'));
    const second = add(made, ['unit']);
    expect(second.query).toBe(
      made.query
        .replace('Mine {', 'Mine($id: ID!) {')
        .replace('  # last\n', '  # last\n  unit(id: $id) {\n    id\n  }\n'),
    );
    expect(JSON.parse(second.variables)).toEqual({ x: 1, id: '' });
  });

  it('gets a variable of its own where the name is taken', () => {
    const both = add(add(blank, ['office']), ['unit']);
    expect(both.query).toContain('($id: ID!, $unitId: ID!)');
    expect(both.query).toContain('unit(id: $unitId)');
    expect(isValid(both)).toBe(true);
    const short = add({ query: '{ partners { code } }', variables: '' }, ['unit', 'name']);
    expect(short.query).toBe('query ($id: ID!) { partners { code } unit(id: $id) { name } }');
  });

  it('is written with the way to it, also into one of several types', () => {
    const made = add(blank, ['office', '... on Office', 'unit', 'members', 'code']);
    expect(isValid(made)).toBe(true);
    expect(readTicked(made)?.ids).toContain('office/... on Office/unit/members/code');
    expect(made.query).not.toContain('name');
  });

  it('goes into the chosen operation, and changes nothing while there is an error', () => {
    const query = lines('query A { partners { code } }', 'query B { partners { code } }');
    const made = add({ query, variables: '', operationName: 'B' }, ['partners', 'name']);
    expect(made.query).toBe(`${query.slice(0, -5)} name } }\n`);
    const broken = { query: 'query {', variables: '' };
    expect(readTicked(broken)).toBeUndefined();
    expect(add(broken, ['partners'])).toBe(broken);
    expect(removeField(schema, broken, ['partners'])).toBe(broken);
  });

  it('begins an operation beside fragments alone', () => {
    const query = 'fragment F on Office { id }\n';
    expect(readTicked({ query, variables: '' })).toEqual({ kind: undefined, ids: new Set() });
    const made = add({ query, variables: '' }, ['partners']);
    expect(made.query).toBe(
      `${query}${lines('query Partners {', '  partners {', '    code', '  }', '}')}`,
    );
  });

  it('keeps a __typename that tells types apart, or that has a directive', () => {
    const party = { query: 'query ($id: ID!) { office(id: $id) { __typename } }', variables: '' };
    expect(add(party, ['office', 'name']).query).toContain('{ __typename name }');
    const chosen = { query: '{ partners { __typename @include(if: true) } }', variables: '' };
    expect(add(chosen, ['partners', 'code']).query).toBe(
      '{ partners { __typename @include(if: true) code } }',
    );
  });

  it('does not take the value that was filled in for another field', () => {
    const left = { query: '{ partners { code } }', variables: '{ "id": "ncm:1" }' };
    const made = add(left, ['unit']);
    expect(made.query).toContain('query ($unitId: ID!)');
    expect(JSON.parse(made.variables)).toEqual({ id: 'ncm:1', unitId: '' });
  });
});

describe('a field that is not ticked any more', () => {
  it('goes with its line, its variables and their values, but not what was filled in', () => {
    const both = add(add(blank, ['office']), ['unit']);
    const filled = { ...both, variables: both.variables.replace('"id": ""', '"id": "ncm:1"') };
    const left = removeField(schema, filled, ['unit']);
    expect(left.query).toBe(add(blank, ['office']).query);
    expect(JSON.parse(left.variables)).toEqual({ id: 'ncm:1' });
    const none = removeField(schema, left, ['office']);
    expect(none.query).toBe(lines('query Office {', '  __typename', '}'));
    expect(JSON.parse(none.variables)).toEqual({ id: 'ncm:1' });
    expect(add(none, ['partners']).query).not.toContain('__typename');
  });

  it('leaves a selection that is still valid, and a variable that others use', () => {
    const written = {
      query: 'query A($id: ID!) { office(id: $id) { name } unit(id: $id) { id name } }',
      variables: '',
    };
    const left = removeField(schema, written, ['office']);
    expect(left.query).toBe('query A($id: ID!) { unit(id: $id) { id name } }');
    const name = removeField(schema, left, ['unit', 'name']);
    expect(name.query).toBe('query A($id: ID!) { unit(id: $id) { id } }');
    const empty = removeField(schema, name, ['unit', 'id']);
    expect(empty.query).toBe('query A($id: ID!) { unit(id: $id) { __typename } }');
    expect(add(empty, ['unit', 'name']).query).toBe('query A($id: ID!) { unit(id: $id) { name } }');
  });

  it.each([
    ['{ id unit{id}city }', '{ id city }'],
    ['{ id, unit { id }, city }', '{ id, city }'],
    ['{ id,unit{id} }', '{ id }'],
    ['{\nid # one (of all)\nunit{id} city\n}', '{\nid # one (of all)\n city\n}'],
  ])('leaves its neighbours apart: %j', (inner, after) => {
    const around = (text: string) => `{ offices { nodes ${text} } }`;
    const written = { query: around(inner), variables: '' };
    const left = removeField(schema, written, ['offices', 'nodes', 'unit']);
    expect(left.query).toBe(around(after));
    expect(isValid(left)).toBe(true);
  });

  it('takes with it a variable that only another operation uses, and fragments that nobody spreads', () => {
    const written = {
      query: lines(
        'query A($id: ID!, $of: ID!) { partners { code } unit(id: $id) { ...F } }',
        'query B($id: ID!) { unit(id: $id) { ...H } }',
        'fragment F on Unit { id ...G ...H }',
        'fragment G on Unit { members(of: $of) { code } }',
        'fragment H on Unit { name }',
      ),
      variables: '',
      operationName: 'A',
    };
    expect(isValid(written)).toBe(true);
    expect(removeField(schema, written, ['unit']).query).toBe(
      lines(
        'query A { partners { code } }',
        'query B($id: ID!) { unit(id: $id) { ...H } }',
        'fragment H on Unit { name }',
      ),
    );
  });

  it('goes wherever it is written, under each alias', () => {
    const query = 'query ($id: ID!) { a: unit(id: $id) { id } b: unit(id: $id) { id it: name } }';
    const left = removeField(schema, { query, variables: '' }, ['unit', 'name']);
    expect(left.query).toBe(query.replace(' it: name', ''));
    expect(removeField(schema, left, ['unit', 'id']).query).toBe(
      'query ($id: ID!) { a: unit(id: $id) { __typename } b: unit(id: $id) { __typename } }',
    );
  });
});

const file = new URL('../../../generated/schema.graphql', import.meta.url);
const whole = buildSchema(readFileSync(file, 'utf8'));

/** The same numbers from 0 to 1 for the same seed. */
function createRandom(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return { next, pick: <Item>(all: readonly Item[]) => all[Math.floor(next() * all.length)] };
}

/** The steps that lead on from a type. */
function stepsOf(type: GraphQLNamedType | undefined): readonly string[] {
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : [];
  const kinds = isAbstractType(type)
    ? whole.getPossibleTypes(type).map(({ name }) => stepInto(name))
    : [];
  return [...fields, ...kinds];
}

const others = [
  'query Other($id: ID!) { party(id: $id) { ...Named } } # (stays)',
  'fragment Named on Party { id name } # too',
];
const texts = [
  '',
  ['# mine', 'query Mine { partners { code } all: partners { name } }', ...others].join('\n'),
  '{partners{code}a:partners{name ...on Partner{status}}}',
  ['query Mine($id: ID!) {', '  party(id: $id) { ...Named }, # who', '}', ...others].join('\n'),
  others[1] ?? '',
];

const documentOf = ({ query }: Written) =>
  query === '' ? { kind: Kind.DOCUMENT as const, definitions: [] } : parse(query);
const mistakesIn = (written: Written) =>
  validate(whole, documentOf(written)).map(({ message }) => message);
const printOthers = (written: Written) =>
  documentOf(written)
    .definitions.map(print)
    .filter((text) => /^(query Other|fragment)/.test(text));

/** The same operation, as another would write it. */
const spellings: readonly ((query: string) => string)[] = [
  stripIgnoredCharacters,
  (query) => print(parse(query)),
  (query) => query.replaceAll(/([}a-z])\n/g, '$1 # it’s {one} (of many)\n'),
];

describe('fields of the graph that are ticked and not ticked at random', () => {
  it.each(Array.from({ length: 24 }, (_, seed) => seed))(
    'leave a valid operation, and all that was not touched: %i',
    (seed) => {
      const random = createRandom(seed);
      const kind = seed % 4 === 3 ? 'mutation' : 'query';
      let written: Written = { query: texts[seed % 5] ?? '', variables: '{ "mine": 1 }' };
      for (let turn = 0; turn < 30; turn += 1) {
        const before = readTicked(written);
        const root = before?.kind ?? kind;
        let type: GraphQLNamedType | undefined =
          (root === 'query' ? whole.getQueryType() : whole.getMutationType()) ?? undefined;
        const path: string[] = [];
        // A part of the ways leads to what is ticked already.
        const isKnown = random.next() < 0.6;
        for (let depth = Math.ceil(random.next() * 4); depth > 0; depth -= 1) {
          const steps = stepsOf(type);
          const inside = steps.filter((step) => before?.ids.has(pathId([...path, step])));
          const step = random.pick(isKnown && inside.length > 0 ? inside : steps);
          if (step === undefined) break;
          path.push(step);
          type = typeAfter(whole, type, step);
        }
        const id = pathId(path);
        const isTicked = before?.ids.has(id) ?? false;
        const made = isTicked
          ? removeField(whole, written, path)
          : addField(whole, written, path, { kind });
        const after = readTicked(made);
        const what = `${isTicked ? '-' : '+'} ${id}\n${written.query}\n=>\n${made.query}`;
        expect(mistakesIn(written), what).toEqual(expect.arrayContaining(mistakesIn(made)));
        expect(after?.ids.has(id), what).toBe(!isTicked);
        const stays = [...(before?.ids ?? [])].filter(
          (one) => !one.endsWith('__typename') && !(isTicked && `${one}/`.startsWith(`${id}/`)),
        );
        expect([...(after?.ids ?? [])], what).toEqual(expect.arrayContaining(stays));
        expect(printOthers(made), what).toEqual(printOthers(written));
        expect(JSON.parse(made.variables)).toMatchObject({ mine: 1 });
        const spell = random.next() < 0.3 ? random.pick(spellings) : undefined;
        written = spell ? { ...made, query: spell(made.query) } : made;
      }
    },
  );
});
