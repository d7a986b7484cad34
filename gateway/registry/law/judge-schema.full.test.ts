import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { judgeSchema } from './judge-schema.js';
import type { Consent } from './rule.js';

const links = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])\n`;

/** The police own officers; the offices own offices and are judged; both have a part in statistics. */
const police = `${links('"@key", "@shareable", "@external"')}
  type Query { officer(id: ID!): Officer }
  type Mutation { registerOfficer(name: String!): Officer }
  interface Participant { id: ID! name: String }
  interface Post @key(fields: "id") { id: ID! }
  type Guard implements Post @key(fields: "id") { id: ID! }
  type Officer implements Participant @key(fields: "id") { id: ID! name: String email: String unit: Unit }
  type Unit @key(fields: "id") { id: ID! city: String phone: String }
  type Count @shareable { value: Int exact(of: Rank): Int }
  enum Rank { LOW HIGH }
  input Ranks { rank: Rank name: String }
  union Found = Officer | Unit
  type Visit @key(fields: "id") { id: ID! officerCount: Int }
`;
const contract = `${links('"@key", "@external", "@requires", "@shareable"')}
  type Query { office(id: ID!): Office }
  type Office @key(fields: "id") { id: ID! name: String counts: Count }
  type Officer @key(fields: "id", resolvable: false) { id: ID! }
  type Count @shareable { value: Int exact(of: Rank): Int }
  enum Rank { LOW HIGH }
  type Visit @key(fields: "id") { id: ID! officerCount: Int @external officeCount: Int @requires(fields: "officerCount") }
`;

/** The supergraph of an offices’ schema, and of the police’s. */
function compose(offices: string, others = police): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries({ police: others, offices }).map(([name, sdl]) => ({
      name,
      url: '',
      typeDefs: parse(sdl),
    })),
  );
  if (supergraphSdl === undefined) throw new Error(String(errors));
  return supergraphSdl;
}

interface Form {
  /** More imports: `, "@override"`. */
  readonly imports?: string;
  readonly consents?: readonly Consent[];
  /** The police’s schema. @default `police` */
  readonly others?: string;
  /** Another name for an imported directive of the contract. */
  readonly renamed?: readonly [name: string, as: string];
}

const imported = '"@key", "@external", "@requires", "@shareable"';
const body = contract.slice(contract.indexOf('\n'));

function judgeText(text: string, { imports = '', consents, others, renamed }: Form = {}) {
  const [name = '', as = ''] = renamed ?? [];
  const first = renamed
    ? imported.replace(`"${name}"`, `{ name: "${name}", as: "${as}" }`)
    : imported;
  const sdl = links(first + imports) + (renamed ? text.replaceAll(name, as) : text);
  const before = compose(links(imported) + body, others);
  return judgeSchema({
    subgraph: 'offices',
    before,
    after: compose(sdl, others),
    ...(consents && { consents }),
  });
}

/** What the law says of the contract with more in it. */
const judge = (more: string, form?: Form) => judgeText(body + more, form);

/** What the law says of the contract with another text in one place. */
const judgeWith = (text: string, by: string, form?: Form) =>
  judgeText(body.replace(text, by), form);

const named = (refusals: ReturnType<typeof judge>) =>
  refusals.map(({ rule, element }) => `${rule} ${element}`);

describe('the ownership law', () => {
  it('lets a schema be as its contract', () => {
    expect(judge('')).toEqual([]);
  });

  it('lets a schema have more fields, types and references by the owners’ keys', () => {
    const more = `extend type Office { motto: String head: Officer visits: [Visit!] shelters: [Shelter!] }
      type Shelter @key(fields: "id") { id: ID! beds: Int }
      extend type Unit @key(fields: "id") { id: ID! nearestOffice: Office }`;
    expect(judge(more)).toEqual([]);
  });

  it('says which rule, which element, whose it is and what would be accepted', () => {
    const [refusal] = judge(
      'extend type Officer @key(fields: "id") { name: String @override(from: "police") }',
      { imports: ', "@override"' },
    );
    expect(refusal).toMatchObject({
      rule: 'override',
      element: 'Officer.name',
      owners: ['police'],
    });
    expect(refusal?.message).toContain('Officer.name is taken over from police');
    expect(refusal?.accepted).toContain('Remove @override');
  });
});

describe('override', () => {
  const taken = (directive: string) =>
    `extend type Officer @key(fields: "id") { email: String ${directive}(from: "police") }`;

  it.each([
    ['plainly', taken('@override'), ', "@override"', ''],
    ['by a renamed import', taken('@mine'), ', { name: "@override", as: "@mine" }', ''],
    ['by the specification’s own prefix', taken('@federation__override'), '', ''],
    [
      'of a type that an interface leads to',
      'extend type Officer implements Participant @key(fields: "id") { name: String @override(from: "police") } interface Participant { id: ID! name: String }',
      ', "@override"',
      '',
    ],
    [
      'of a member of a union',
      'extend type Unit @key(fields: "id") { id: ID! phone: String @override(from: "police") } union Found = Unit',
      ', "@override"',
      '',
    ],
  ])('is refused %s', (_how, more, imports) => {
    expect(named(judge(more, { imports }))).toEqual([expect.stringMatching(/^override \w+\.\w+$/)]);
  });

  it('is refused for a share of requests', () => {
    const more =
      'extend type Officer @key(fields: "id") { email: String @override(from: "police", label: "percent(1)") }';
    expect(named(judge(more, { imports: ', "@override"' }))).toContain('override Officer.email');
  });

  it('is lifted by the owner’s consent, for that element alone', () => {
    const consents = [{ owner: 'police', rule: 'override', element: 'Officer.email' }];
    const imports = ', "@override"';
    expect(judge(taken('@override'), { imports, consents })).toEqual([]);
    const other = taken('@override').replace('email', 'name');
    expect(named(judge(other, { imports, consents }))).toEqual(['override Officer.name']);
  });

  it('is not lifted by the consent of somebody else', () => {
    const consents = [{ owner: 'offices', rule: 'override', element: 'Officer.email' }];
    const refusals = judge(taken('@override'), { imports: ', "@override"', consents });
    expect(named(refusals)).toEqual(['override Officer.email']);
  });
});

describe('inaccessible', () => {
  const imports = ', "@inaccessible"';
  const renamed = ', { name: "@inaccessible", as: "@hide" }';

  it.each([
    ['a shared field', 'value: Int', 'value: Int @inaccessible', imports, 'Count.value'],
    ['a shared field, renamed', 'value: Int', 'value: Int @hide', renamed, 'Count.value'],
    ['a shared enum value', 'LOW', 'LOW @inaccessible', imports, 'Rank.LOW'],
    [
      'an argument',
      'exact(of: Rank)',
      'exact(of: Rank @inaccessible)',
      imports,
      'Count.exact(of:)',
    ],
    [
      'a field of its own contract',
      'name: String',
      'name: String @inaccessible',
      imports,
      'Office.name',
    ],
  ])('is refused on %s', (_what, text, by, added, element) => {
    expect(named(judgeWith(text, by, { imports: added }))).toEqual([`inaccessible ${element}`]);
  });

  it('is allowed on what only this schema has', () => {
    expect(judge('extend type Office { draft: String @inaccessible }', { imports })).toEqual([]);
  });
});

describe('tag', () => {
  it.each([
    ['plainly', '@tag', ', "@tag"'],
    ['by a renamed import', '@mine', ', { name: "@tag", as: "@mine" }'],
  ])('is refused on another’s element %s', (_how, directive, imports) => {
    const more = `extend type Officer @key(fields: "id") ${directive}(name: "x")`;
    expect(named(judge(more, { imports }))).toEqual(['tag Officer']);
    const inEnum = judgeWith(
      'enum Rank { LOW HIGH }',
      `enum Rank { LOW ${directive}(name: "x") HIGH }`,
      { imports },
    );
    expect(named(inEnum)).toEqual(['tag Rank.LOW']);
  });

  it('is allowed on its own type', () => {
    expect(judge('extend type Office @tag(name: "x")', { imports: ', "@tag"' })).toEqual([]);
  });
});

describe('interface-object', () => {
  it.each([
    ['plainly', '@interfaceObject', ', "@interfaceObject"'],
    ['by a renamed import', '@every', ', { name: "@interfaceObject", as: "@every" }'],
  ])('is refused on another’s interface %s', (_how, directive, imports) => {
    const more = `type Post @key(fields: "id") ${directive} { id: ID! salary: Int }`;
    expect(named(judge(more, { imports }))).toContain('interface-object Post');
  });
});

describe('key', () => {
  // Composition itself wants the owner to share what others have in a key.
  const others = police.replace('email: String', 'email: String @shareable');

  it.each([
    ['plainly', undefined],
    ['by a renamed import', ['@key', '@primary'] as const],
  ])('is refused if it selects more than the owner’s key, %s', (_how, renamed) => {
    const more = 'extend type Officer @key(fields: "id email") { email: String rating: Int }';
    expect(named(judge(more, { others, ...(renamed && { renamed }) }))).toEqual([
      'key Officer.email',
    ]);
  });

  it('is refused through another type', () => {
    const through = police
      .replace('unit: Unit', 'unit: Unit @shareable')
      .replace('phone: String', 'phone: String @shareable');
    const more =
      'extend type Officer @key(fields: "id unit { phone }") { unit: Unit rating: Int } type Unit @key(fields: "id") { id: ID! phone: String @shareable }';
    expect(named(judge(more, { others: through }))).toEqual(
      expect.arrayContaining(['key Officer.unit', 'key Unit.phone']),
    );
  });
});

describe('requires', () => {
  it.each([
    ['plainly', undefined],
    ['by a renamed import', ['@requires', '@needs'] as const],
  ])('is refused of another’s field %s', (_how, renamed) => {
    const more =
      'extend type Officer @key(fields: "id") { name: String @external rating: Int @requires(fields: "name") }';
    expect(named(judge(more, renamed && { renamed }))).toEqual(['requires Officer.name']);
  });

  it('is allowed of what the contract requires', () => {
    const more = 'extend type Visit { beds: Int @requires(fields: "officerCount") }';
    expect(judge(more)).toEqual([]);
  });

  it('is lifted by the owner’s consent', () => {
    const more =
      'extend type Officer @key(fields: "id") { name: String @external rating: Int @requires(fields: "name") }';
    const consents = [{ owner: 'police', rule: 'requires', element: 'Officer.name' }];
    expect(judge(more, { consents })).toEqual([]);
  });

  it('is refused on a field with arguments', () => {
    const more = 'extend type Visit { beds(of: Int): Int @requires(fields: "officerCount") }';
    expect(named(judge(more))).toEqual(['requires-with-arguments Visit.beds']);
  });
});

describe('provides', () => {
  it.each([
    ['plainly', '@provides', ', "@provides"'],
    ['by a renamed import', '@brings', ', { name: "@provides", as: "@brings" }'],
  ])('is refused of another’s field %s', (_how, directive, imports) => {
    // Composition itself wants the owner to share the field first.
    const others = police.replace('name: String email', 'name: String @shareable email');
    const more = `extend type Office { head: Officer ${directive}(fields: "name") }
      extend type Officer @key(fields: "id") { name: String @external }`;
    expect(named(judge(more, { imports, others }))).toEqual(['provides Officer.name']);
  });
});

describe('root-field', () => {
  it.each([
    ['a query', 'extend type Query { everybody: [Officer!] }', 'Query.everybody'],
    ['a mutation', 'type Mutation { eraseAll: Boolean }', 'Mutation.eraseAll'],
  ])('is refused for %s beyond the contract', (_what, more, element) => {
    expect(named(judge(more))).toEqual([`root-field ${element}`]);
  });

  it('is refused under another name of the root type', () => {
    const more = 'schema { query: Query mutation: Writes } type Writes { eraseAll: Boolean }';
    expect(named(judge(more))).toEqual(['root-field Mutation.eraseAll']);
  });
});

describe('engine-feature', () => {
  it.each([
    ['@authenticated', '@authenticated', ', "@authenticated"'],
    ['@authenticated by a renamed import', '@known', ', { name: "@authenticated", as: "@known" }'],
    ['@requiresScopes', '@requiresScopes(scopes: [["a"]])', ', "@requiresScopes"'],
    ['@policy', '@policy(policies: [["a"]])', ', "@policy"'],
  ])('refuses %s', (_what, directive, imports) => {
    const [refusal, ...others] = judge(`extend type Office { secret: String ${directive} }`, {
      imports,
    });
    expect(others).toEqual([]);
    expect(refusal).toMatchObject({ rule: 'engine-feature', element: 'Office.secret' });
  });

  it('refuses values that come by context', () => {
    const more =
      'extend type Office @context(name: "c") { sub: Sub } type Sub @key(fields: "id") { id: ID! f(z: String @fromContext(field: "$c { name }")): Int }';
    const refusals = named(judge(more, { imports: ', "@context", "@fromContext"' }));
    expect(refusals.map((one) => one.split(' ')[0])).toEqual(['engine-feature']);
  });
});

describe('shared-field', () => {
  it('refuses a field of another’s record, even if its owner shares it', () => {
    const others = police.replace('email: String', 'email: String @shareable');
    const more = 'extend type Officer @key(fields: "id") { email: String @shareable }';
    expect(named(judge(more, { others }))).toEqual(['shared-field Officer.email']);
  });
});

describe('changed-part', () => {
  it.each([
    ['an argument that the schema lacks', 'exact(of: Rank): Int', 'exact: Int', 'Count.exact'],
    ['a type that it widens', 'value: Int exact', 'value: Int! exact', undefined],
  ])('looks at %s', (_what, text, by, element) => {
    const refusals = named(judgeWith(text, by));
    expect(refusals).toEqual(element === undefined ? [] : [`changed-part ${element}`]);
  });

  it('refuses to drop an input field or an enum value for everybody', () => {
    const more = 'extend type Office { ranks(of: Ranks): Int } input Ranks { rank: Rank }';
    expect(named(judge(more))).toEqual(['changed-part Ranks.name']);
  });
});
