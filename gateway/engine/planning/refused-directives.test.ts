import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { refuseDirectives, RefusedSupergraph } from './refused-directives.js';

const link = (version: string, ...names: string[]) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v${version}", import: ${JSON.stringify(names)})`;

/** Composes two subgraphs as their owner does. */
function compose(products: string, stock = 'type Query { stock: Int }'): string {
  const services = Object.entries({ products, stock }).map(([name, typeDefs]) => ({
    name,
    url: `http://${name}.example.org/graphql`,
    typeDefs: parse(typeDefs),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new AggregateError(errors ?? [], errors?.join('\n'));
  return supergraphSdl;
}

const old = `${link('2.9', '@key')}
  type Query { product: Product }
  type Product @key(fields: "id") { id: ID! price: Int }`;
const moved = (more: string) => `${link('2.9', '@key', '@override')}
  type Product @key(fields: "id") { id: ID! price: Int @override(from: "products"${more}) }`;

describe('refuseDirectives', () => {
  it.each([
    [
      'a percentage',
      old,
      moved(', label: "percent(20)"'),
      '`@override(label: "percent(20)")` of Product.price',
    ],
    [
      'a flag',
      old,
      moved(', label: "new-prices"'),
      '`@override(label: "new-prices")` of Product.price',
    ],
    [
      '@cost',
      `${link('2.9', '@cost')} type Query { products(first: Int): [Int] @cost(weight: 1000) }`,
      undefined,
      '`@cost` and `@listSize`, which limit operations',
    ],
    [
      '@listSize under another name',
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{ name: "@listSize", as: "@size" }])
       type Query { products(first: Int): [Int] @size(slicingArguments: ["first"]) }`,
      undefined,
      '`@cost` and `@listSize`, which limit operations',
    ],
    [
      '@authenticated',
      `${link('2.9', '@authenticated')} type Query { products: [Int] @authenticated }`,
      undefined,
      '`@authenticated`, which protects fields',
    ],
  ])('names what the hub does not honour: %s', (_, products, stock, named) => {
    const sdl = compose(products, stock);
    expect(() => refuseDirectives(sdl)).toThrow(RefusedSupergraph);
    expect(() => refuseDirectives(sdl)).toThrow(`It does not honour ${named}.`);
  });

  it.each([
    ['@override without a label', old, moved('')],
    [
      'directives that only describe',
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@tag", "@composeDirective", "@inaccessible"])
         @link(url: "https://example.org/cost-centre/v1.0", import: ["@centre"]) @composeDirective(name: "@centre")
       directive @centre(code: String) on FIELD_DEFINITION
       type Query { products: Int @tag(name: "x") @centre(code: "7") hidden: Int @inaccessible }`,
      undefined,
    ],
  ])('accepts %s', (_, products, stock) => {
    expect(() => refuseDirectives(compose(products, stock))).not.toThrow();
  });
});
