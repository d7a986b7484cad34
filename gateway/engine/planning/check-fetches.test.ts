import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { findUnsoundFetch, readFieldRules } from './check-fetches.js';
import type { FetchNode, QueryPlan, RequiredSelection } from './query-plan.js';

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5",
  import: ["@key", "@requires", "@external", "@provides", "@shareable"])`;

const { supergraphSdl = '' } = composeServices(
  Object.entries({
    kitchen: `type Query { dish: Dish } type Dish @key(fields: "id") { id: ID! grams: Int @shareable cook: Cook }
      type Cook { name: String }`,
    hall: `type Query { served: Dish any: Thing offered: Dish @provides(fields: "grams") }
      type Dish @key(fields: "id") { id: ID! grams: Int @external cook: Cook @external
        price: Int @requires(fields: "grams cook { name }") share: Int @requires(fields: "grams") }
      type Cook { name: String @external } union Thing = Dish | Spoon type Spoon { size: Int }`,
  }).map(([name, sdl]) => ({
    name,
    url: 'http://127.0.0.1:9/',
    typeDefs: parse(federation + sdl),
  })),
);
const rules = readFieldRules(supergraphSdl);

const field = (name: string, ...selections: RequiredSelection[]): RequiredSelection => ({
  kind: 'Field',
  name,
  ...(selections.length > 0 ? { selections } : {}),
});

const check = (operation: string, ...sent: RequiredSelection[]): string | undefined => {
  const fetch: FetchNode = {
    kind: 'Fetch',
    serviceName: 'hall',
    operation,
    variableUsages: [],
    operationKind: 'query' as FetchNode['operationKind'],
    operationDocumentNode: undefined,
    operationName: undefined,
    ...(sent.length > 0
      ? { requires: [{ kind: 'InlineFragment', typeCondition: 'Dish', selections: sent }] }
      : {}),
  };
  const plan: QueryPlan = { kind: 'QueryPlan', node: { kind: 'Sequence', nodes: [fetch] } };
  return findUnsoundFetch(plan, rules);
};

const price = 'query($r:[_Any!]!){_entities(representations:$r){...on Dish{price}}}';
const name = field('cook', field('name'));

describe('what a fetch selects in a subgraph', () => {
  it('has in its representations everything that @requires names', () => {
    expect(check(price, field('id'), field('grams'), name)).toBeUndefined();
    expect(check(price, field('id'), name)).toBe('Dish.price');
    expect(check(price, field('id'), field('grams'), field('cook', field('age')))).toBe(
      'Dish.price',
    );
  });

  it('does not include a field with @requires if nothing is sent', () => {
    expect(check('{served{id price}}')).toBe('Dish.price');
    expect(check('{served{...D}} fragment D on Dish{price}')).toBe('Dish.price');
  });

  it('includes a field with @requires if a field above provides what it requires', () => {
    expect(check('{offered{id share}}')).toBeUndefined();
    expect(check('{offered{id price}}')).toBe('Dish.price');
    expect(check('{served{id share}}')).toBe('Dish.share');
  });

  it('includes an external field only if a field above provides it', () => {
    expect(check('{served{id grams}}')).toBe('Dish.grams');
    expect(check('{offered{id grams}}')).toBeUndefined();
    expect(check('{offered{id cook{name}}}')).toBe('Dish.cook');
  });

  it('is not asked of an object that a fragment around it leaves out', () => {
    const thing = 'fragment F on Thing{...on Dish{price}}';
    expect(check(`{any{...on Spoon{...F}}} ${thing}`)).toBeUndefined();
    expect(check('{any{...on Spoon{...on Thing{...on Dish{price}}}}}')).toBeUndefined();
    expect(check(`{any{...F}} ${thing}`)).toBe('Dish.price');
    expect(check(`{any{...on Dish{...F}}} ${thing}`)).toBe('Dish.price');
    expect(check('{any{...on Dish{...on Thing{...on Dish{price}}}}}')).toBe('Dish.price');
  });
});
